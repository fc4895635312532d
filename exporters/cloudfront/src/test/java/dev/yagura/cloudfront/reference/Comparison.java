package dev.yagura.cloudfront.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.accesslog.heavy.ObjectTable;
import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.FileCounts;
import dev.yagura.cloudfront.count.HourCounts;
import dev.yagura.cloudfront.count.LatencyBuckets;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds what was counted against the reference. */
final class Comparison {
  private Comparison() {}

  static void assertSame(FileCounts counts, ReferenceCounter expected) {
    assertThat(hours(counts)).isEqualTo(expected.hours);
    for (HourCounts hour : counts.hours()) {
      assertThat(hour.total()).isEqualTo(total(expected.hours.getOrDefault(hour.hour(), Map.of())));
    }
    assertThat(counts.results()).isEqualTo(expected.results);
    assertThat(counts.responseResults()).isEqualTo(expected.responseResults);
    Map<String, Long> malformed = new TreeMap<>();
    counts.malformed().forEach((reason, lines) -> malformed.put(reason.label(), lines));
    assertThat(malformed).isEqualTo(expected.malformed);
    assertThat(counts.missingColumns()).isEqualTo(expected.missing);
    assertThat(counts.lines()).isEqualTo(expected.lines);
    assertThat(counts.bytes()).isEqualTo(expected.bytes);
    assertThat(counts.newest()).isEqualTo(expected.newest);
    assertSame(counts, counts.timeTaken(), expected.timesTaken);
    assertSame(counts, counts.firstByte(), expected.firstBytes);
  }

  /** The columns of each object by hour. */
  static Map<Long, Map<String, List<Long>>> hours(FileCounts counts) {
    Map<Long, Map<String, List<Long>>> hours = new TreeMap<>();
    for (HourCounts hour : counts.hours()) {
      ObjectTable table = hour.objects().table();
      Map<String, List<Long>> objects = new TreeMap<>();
      for (int row = 0; row < table.size(); row++) {
        objects.put(
            new String(table.object(row), StandardCharsets.UTF_8),
            Arrays.stream(table.row(row)).boxed().toList());
      }
      hours.put(hour.hour(), objects);
    }
    return hours;
  }

  private static Counts total(Map<String, List<Long>> objects) {
    return objects.values().stream()
        .map(one -> Counts.of(one.stream().mapToLong(Long::longValue).toArray()))
        .reduce(Counts.NONE, Counts::plus);
  }

  private static void assertSame(
      FileCounts counts, LatencyBuckets buckets, Map<String, List<BigDecimal>> expected) {
    double[] bounds = LatencyBuckets.upperBounds();
    for (int type = 0; type < counts.resultTypes(); type++) {
      List<BigDecimal> seconds = expected.getOrDefault(counts.resultType(type), List.of());
      assertThat(BigDecimal.valueOf(buckets.micros(type), 6))
          .isEqualByComparingTo(seconds.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
      long below = 0;
      for (int bucket = 0; bucket < LatencyBuckets.COUNT; bucket++) {
        below += buckets.count(type, bucket);
        double bound = bucket < bounds.length ? bounds[bucket] : Double.POSITIVE_INFINITY;
        long within = seconds.stream().filter(one -> one.doubleValue() <= bound).count();
        assertThat(below).isEqualTo(within);
      }
    }
  }
}
