@NullMarked
package dev.yagura.cloudwatch;

import org.jspecify.annotations.NullMarked;
