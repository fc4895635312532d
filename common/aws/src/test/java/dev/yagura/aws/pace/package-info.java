@NullMarked
package dev.yagura.aws.pace;

import org.jspecify.annotations.NullMarked;
