/** CloudWatch at a known price: which metrics are due, asked together, and added up. */
@NullMarked
package dev.yagura.aws.cloudwatch;

import org.jspecify.annotations.NullMarked;
