/** What CloudWatch knows, as Prometheus metrics. */
@NullMarked
package dev.yagura.cloudwatch;

import org.jspecify.annotations.NullMarked;
