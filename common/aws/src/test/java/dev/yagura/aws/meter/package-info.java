@NullMarked
package dev.yagura.aws.meter;

import org.jspecify.annotations.NullMarked;
