/** How fast AWS is asked: token buckets that all who ask share. */
@NullMarked
package dev.yagura.aws.pace;

import org.jspecify.annotations.NullMarked;
