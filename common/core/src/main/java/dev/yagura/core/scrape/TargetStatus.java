package dev.yagura.core.scrape;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the page {@code /} shows of a target.
 *
 * @param report of the newest finished run; null before the first
 * @param finished when that was; null before the first, and where it is polled
 */
public record TargetStatus(String target, @Nullable RunReport report, @Nullable Instant finished) {}
