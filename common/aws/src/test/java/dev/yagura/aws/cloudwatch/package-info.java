@NullMarked
package dev.yagura.aws.cloudwatch;

import org.jspecify.annotations.NullMarked;
