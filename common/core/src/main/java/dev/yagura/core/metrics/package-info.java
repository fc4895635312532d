/** Metric families, the samples of a scrape, and the exposition formats. */
@NullMarked
package dev.yagura.core.metrics;

import org.jspecify.annotations.NullMarked;
