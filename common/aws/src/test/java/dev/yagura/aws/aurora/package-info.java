@NullMarked
package dev.yagura.aws.aurora;

import org.jspecify.annotations.NullMarked;
