/** The messages of a queue. */
@NullMarked
package dev.yagura.aws.sqs;

import org.jspecify.annotations.NullMarked;
