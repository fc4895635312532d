/** What was asked of AWS, how it ended, and what it costs. */
@NullMarked
package dev.yagura.aws.meter;

import org.jspecify.annotations.NullMarked;
