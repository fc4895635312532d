package dev.yagura.cloudfront.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was read of one distribution's logs.
 *
 * @param files that were read
 * @param lines with a request, malformed ones included
 * @param bytes unpacked
 * @param malformed lines that were not counted, by reason
 * @param missingColumns counted lines that lack a column, by its name
 * @param newest time of the newest request
 * @param lateness of files: from their newest request until they were counted, in buckets up to
 *     {@link #LATENESS_BOUNDS}
 */
public record LogFigures(
    long files,
    long lines,
    long bytes,
    Map<String, Long> malformed,
    Map<String, Long> missingColumns,
    Optional<Instant> newest,
    Histogram lateness) {

  /** Inclusive upper bounds in seconds, without the infinite one: 5 minutes to 48 hours. */
  public static final List<Long> LATENESS_BOUNDS =
      List.of(300L, 900L, 1800L, 3600L, 7200L, 14_400L, 28_800L, 43_200L, 86_400L, 172_800L);

  public LogFigures {
    malformed = DistributionView.sorted(malformed);
    missingColumns = DistributionView.sorted(missingColumns);
  }
}
