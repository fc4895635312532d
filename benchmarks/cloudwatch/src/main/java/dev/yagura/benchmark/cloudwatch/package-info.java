/** Measures Yagura and cloudwatch_exporter side by side on one double of AWS. */
@NullMarked
package dev.yagura.benchmark.cloudwatch;

import org.jspecify.annotations.NullMarked;
