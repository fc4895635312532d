package dev.yagura.ecs.tasks;

import dev.yagura.core.metrics.Distribution;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long the phases of starts took, by service. For any thread. */
final class StartDurations {
  /** In seconds. */
  private static final double[] BOUNDS = {5, 15, 30, 60, 120, 300, 900};

  /** The services that started a task last; those beyond are forgotten. */
  private static final int MOST_SERVICES = 500;

  private record Key(String service, StartPhase phase) {}

  private record Row(Key key, Distribution distribution) {}

  private static final List<Family<Row>> FAMILIES =
      List.of(
          Family.<Row>histogram(
                  "ecs_task_start_phase_duration_seconds",
                  "How long a phase of a task's start took, from the times of DescribeTasks:"
                      + " provision (createdAt to pullStartedAt), pull (to pullStoppedAt), start (to"
                      + " startedAt) and healthy (until healthStatus was told to be HEALTHY, so up"
                      + " to an interval too long without events); of tasks created since the"
                      + " exporter began.",
                  Row::distribution)
              .labels(
                  LabelSet.<Row>of("service", row -> row.key().service())
                      .and("phase", row -> row.key().phase().label())));

  private static final class Buckets {
    private final long[] cumulative = new long[BOUNDS.length];
    private long count;
    private double sum;

    void add(double seconds) {
      for (int i = 0; i < BOUNDS.length; i++) {
        if (seconds <= BOUNDS[i]) {
          cumulative[i]++;
        }
      }
      count++;
      sum += seconds;
    }

    Distribution distribution() {
      return Distribution.histogram(BOUNDS, cumulative, count, sum);
    }
  }

  private final Map<Key, Buckets> all =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Buckets> eldest) {
          return size() > MOST_SERVICES * StartPhase.values().length;
        }
      };

  static List<? extends Family<?>> families() {
    return FAMILIES;
  }

  synchronized void add(String service, StartPhase phase, Duration took) {
    all.computeIfAbsent(new Key(service, phase), made -> new Buckets()).add(took.toNanos() / 1e9);
  }

  synchronized Snapshot snapshot() {
    List<Row> rows = new ArrayList<>();
    all.forEach((key, buckets) -> rows.add(new Row(key, buckets.distribution())));
    return Snapshot.of(FAMILIES, rows);
  }
}
