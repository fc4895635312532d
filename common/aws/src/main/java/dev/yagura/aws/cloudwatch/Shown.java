package dev.yagura.aws.cloudwatch;

import dev.yagura.aws.cloudwatch.Unit.Reading;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The families of one kind of resource, and the values that they show. */
final class Shown {
  /**
   * A resource with what was read of it, a reading a metric of its kind; null if it is not read.
   */
  record Row(Resource resource, List<@Nullable Reading> readings) {}

  /** A row at some time: what is too old is gone. */
  private record Value(Row row, long now, long maxAge) {
    @Nullable Double of(int spec) {
      Reading reading = row.readings().get(spec);
      return reading == null || reading.end() == 0 || now - reading.end() > maxAge
          ? null
          : reading.value();
    }

    @Nullable Long age(int spec) {
      return of(spec) == null ? null : now - row.readings().get(spec).end();
    }
  }

  private final ResourceKind kind;
  private final List<Family<Value>> families = new ArrayList<>();

  Shown(MetricSet set, ResourceKind kind) {
    this.kind = kind;
    LabelSet<Value> labels = LabelSet.none();
    for (Map.Entry<String, String> dimension : kind.dimensions().entrySet()) {
      if (!dimension.getValue().isEmpty()) {
        labels =
            labels.and(
                dimension.getValue(), value -> value.row().resource().value(dimension.getKey()));
      }
    }
    for (int i = 0; i < kind.metrics().size(); i++) {
      int index = i;
      MetricSpec spec = kind.metrics().get(i);
      Family<Value> family =
          spec.isCounter()
              ? Family.counter(spec.family(), help(set, spec), value -> value.of(index))
              : Family.gauge(spec.family(), help(set, spec), value -> value.of(index));
      families.add(family.labels(labels));
    }
  }

  private static String help(MetricSet set, MetricSpec spec) {
    String source = "%s of %s in %s".formatted(spec.statistic(), spec.metric(), set.namespace());
    long seconds = set.interval().toSeconds();
    return spec.isCounter()
        ? "%s: the %s, periods of %d s added up since this was first seen."
            .formatted(spec.what(), source, seconds)
        : "%s: the %s over %d s, of the newest such period."
            .formatted(spec.what(), source, seconds);
  }

  ResourceKind kind() {
    return kind;
  }

  List<Family<Value>> families() {
    return families;
  }

  /** These rows as they are at this time. */
  Snapshot at(List<Row> rows, long now, long maxAge) {
    return Snapshot.of(families, rows.stream().map(row -> new Value(row, now, maxAge)).toList());
  }

  /** The age of the oldest value of each family that is shown, in seconds. */
  Map<String, Long> ages(List<Row> rows, long now, long maxAge) {
    Map<String, Long> ages = new TreeMap<>();
    for (Row row : rows) {
      Value value = new Value(row, now, maxAge);
      for (int i = 0; i < kind.metrics().size(); i++) {
        Long age = value.age(i);
        if (age != null) {
          ages.merge(kind.metrics().get(i).family(), age, Math::max);
        }
      }
    }
    return ages;
  }
}
