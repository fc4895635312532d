package dev.yagura.cloudfront.store;

import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.FileCounts;
import dev.yagura.cloudfront.count.LatencyBuckets;
import dev.yagura.cloudfront.count.ResultTypes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is known of a distribution without its objects, and under which names it is stored. */
final class Totals {
  private static final String ALL = "all/";
  private static final String OTHER = "other/";
  private static final String RESULT = "result/";
  private static final String RESPONSE_RESULT = "response_result/";
  private static final String TIME_TAKEN = "time_taken";
  private static final String FIRST_BYTE = "time_to_first_byte";
  private static final String MALFORMED = "malformed/";
  private static final String MISSING = "missing/";
  private static final String FILES = "log/files";
  private static final String LINES = "log/lines";
  private static final String BYTES = "log/bytes";
  static final String NEWEST = "log/newest";
  private static final String LATENESS = "lateness/";
  private static final String LATENESS_SECONDS = "lateness_seconds";
  private static final Set<String> KNOWN_TYPES = Set.copyOf(ResultTypes.KNOWN);

  private final NamedTotals named;

  /** Result types that are not known and have a name of their own. */
  private final Set<String> unknownTypes = new TreeSet<>();

  /** Reads what was stored. */
  Totals(NamedTotals named) {
    this.named = named;
    unknownTypes.addAll(named.under(RESULT).keySet());
    unknownTypes.addAll(named.under(RESPONSE_RESULT).keySet());
    unknownTypes.removeAll(KNOWN_TYPES);
  }

  NamedTotals named() {
    return named;
  }

  /**
   * Adds a file.
   *
   * @param now in seconds since 1970
   */
  void add(FileCounts file, long now) {
    addCounts(ALL, file.totals());
    file.results().forEach((type, count) -> named.add(RESULT + type(type), count));
    file.responseResults().forEach((type, count) -> named.add(RESPONSE_RESULT + type(type), count));
    for (int number = 0; number < file.resultTypes(); number++) {
      addLatency(TIME_TAKEN, file.timeTaken(), number, file.resultType(number));
      addLatency(FIRST_BYTE, file.firstByte(), number, file.resultType(number));
    }
    file.malformed().forEach((reason, count) -> named.add(MALFORMED + reason.label(), count));
    file.missingColumns().forEach((column, count) -> named.add(MISSING + column, count));
    named.add(FILES, 1);
    named.add(LINES, file.lines());
    named.add(BYTES, file.bytes());
    if (file.newest() > 0) {
      named.atLeast(NEWEST, file.newest());
      long late = Math.max(0, now - file.newest());
      named.add(LATENESS + Histogram.bucket(LogFigures.LATENESS_BOUNDS, late), 1);
      named.add(LATENESS_SECONDS, late);
    }
  }

  /** Adds what was counted of objects that are no members. */
  void addOther(Counts counts) {
    addCounts(OTHER, counts);
  }

  private void addCounts(String prefix, Counts counts) {
    for (Column column : Column.values()) {
      named.add(prefix + Schema.name(column), counts.get(column));
    }
  }

  private void addLatency(String prefix, LatencyBuckets latency, int number, String type) {
    for (int bucket = 0; bucket < LatencyBuckets.COUNT; bucket++) {
      long count = latency.count(number, bucket);
      if (count > 0) {
        named.add(prefix + "/" + bucket + "/" + type(type), count);
      }
    }
    long micros = latency.micros(number);
    if (micros > 0) {
      named.add(prefix + "_micros/" + type(type), micros);
    }
  }

  /** The type itself, or that of all for which there is no room. */
  private String type(String type) {
    if (KNOWN_TYPES.contains(type) || unknownTypes.contains(type)) {
      return type;
    }
    if (unknownTypes.size() == ResultTypes.UNKNOWN_AT_MOST) {
      return ResultTypes.OTHER;
    }
    unknownTypes.add(type);
    return type;
  }

  Counts all() {
    return counts(ALL);
  }

  Counts other() {
    return counts(OTHER);
  }

  private Counts counts(String prefix) {
    long[] values = new long[Column.COUNT];
    for (Column column : Column.values()) {
      values[column.index()] = named.get(prefix + Schema.name(column));
    }
    return Counts.of(values);
  }

  Map<String, Long> results() {
    return named.under(RESULT);
  }

  Map<String, Long> responseResults() {
    return named.under(RESPONSE_RESULT);
  }

  Map<String, Histogram> timeTaken() {
    return latency(TIME_TAKEN);
  }

  Map<String, Histogram> firstByte() {
    return latency(FIRST_BYTE);
  }

  private Map<String, Histogram> latency(String prefix) {
    Map<String, long[]> buckets = new TreeMap<>();
    for (int bucket = 0; bucket < LatencyBuckets.COUNT; bucket++) {
      int at = bucket;
      named
          .under(prefix + "/" + bucket + "/")
          .forEach(
              (type, count) ->
                  buckets.computeIfAbsent(type, any -> new long[LatencyBuckets.COUNT])[at] = count);
    }
    Map<String, Histogram> histograms = new TreeMap<>();
    buckets.forEach(
        (type, counts) ->
            histograms.put(
                type, Histogram.of(counts, named.get(prefix + "_micros/" + type) / 1e6)));
    return histograms;
  }

  /** Seconds since 1970; 0 if there was no request. */
  long newest() {
    return named.get(NEWEST);
  }

  LogFigures logs() {
    long[] lateness = new long[LogFigures.LATENESS_BOUNDS.size() + 1];
    named.under(LATENESS).forEach((bucket, count) -> lateness[Integer.parseInt(bucket)] = count);
    return new LogFigures(
        named.get(FILES),
        named.get(LINES),
        named.get(BYTES),
        named.under(MALFORMED),
        named.under(MISSING),
        newest() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(newest())),
        Histogram.of(lateness, (double) named.get(LATENESS_SECONDS)));
  }
}
