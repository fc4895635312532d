package dev.yagura.cloudfront.store;

import dev.yagura.cloudfront.count.FileCounts;

/**
 * What one file says of one distribution.
 *
 * @param distribution its id, or what the configuration calls it
 */
public record LogCounts(String distribution, FileCounts counts) {}
