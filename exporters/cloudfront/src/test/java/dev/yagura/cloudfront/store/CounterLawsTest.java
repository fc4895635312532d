package dev.yagura.cloudfront.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.ObjectNaming;
import dev.yagura.cloudfront.count.Order;
import dev.yagura.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random files, failures and restarts: what a Prometheus server that looks on relies on. */
class CounterLawsTest {
  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  /** So little room that objects and members come and go. */
  private static final StoreSettings TIGHT =
      new StoreSettings(
          ObjectNaming.PATH,
          3,
          List.of(Order.REQUESTS, Order.BYTES_FROM_MISSES, Order.MISSES, Order.ERRORS),
          64,
          8,
          Duration.ofHours(2));

  private static final StoreSettings OTHER_RANKINGS =
      new StoreSettings(
          ObjectNaming.PATH, 2, List.of(Order.BYTES, Order.REQUESTS), 64, 8, Duration.ofHours(1));

  @TempDir private Path folder;

  private final FakeClock clock = FakeClock.at(START);
  private final Map<String, Counts> shown = new HashMap<>();
  private Counts other = Counts.NONE;
  private Counts model = Counts.NONE;
  private int returned;
  private final Set<String> left = new HashSet<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noCounterGoesBackAndEveryRequestGrowsOneSeriesWhateverHappens(long seed)
      throws IOException, SQLException {
    var requests = new RandomRequests(seed, 300);
    Random random = requests.random();
    try (var state = new StateFile(folder, TIGHT, clock)) {
      for (int step = 0; step < 100; step++) {
        clock.advance(Duration.ofMinutes(random.nextInt(180)));
        int count = random.nextInt(200);
        List<Request> file = requests.some(count, clock.instant(), 1 + random.nextInt(4));
        // Another part of the objects is liked each time, so that members leave and return.
        int liked = random.nextInt(40);
        for (int i = 0; i < 60; i++) {
          String object = "/liked/" + (liked + i % 3);
          file.add(new Request(object, clock.instant(), 200, 50_000, "Miss", "Miss"));
        }
        switch (random.nextInt(6)) {
          case 0 -> state.addInVain(file);
          case 1 -> state.restart(random.nextInt(4) == 0 ? OTHER_RANKINGS : TIGHT);
          default -> {
            for (Request request : file) {
              model = model.plus(Counts.of(request.columns()));
            }
            DistributionView before = state.viewOrNull();
            state.add(file);
            look(state.view(), before);
          }
        }
        look(state.viewOrNull(), null);
      }
    }
    assertThat(left).as("objects that stopped being members").hasSizeGreaterThan(10);
    assertThat(returned).as("members that came back").isGreaterThan(5);
  }

  private void look(@Nullable DistributionView view, @Nullable DistributionView before) {
    if (view == null) {
      return;
    }
    assertThat(view.totals()).isEqualTo(model);
    assertThat(view.members()).hasSizeLessThanOrEqualTo(12);
    assertThat(view.trackedObjects()).isLessThanOrEqualTo(64);
    notLess("other", view.other(), other);
    other = view.other();
    view.members()
        .forEach(
            (object, counts) -> {
              notLess(object, counts, shown.getOrDefault(object, Counts.NONE));
              shown.put(object, counts);
              if (left.remove(object)) {
                returned++;
              }
            });
    for (String object : shown.keySet()) {
      if (!view.members().containsKey(object)) {
        left.add(object);
      }
    }
    if (before != null && before.members().keySet().equals(view.members().keySet())) {
      Counts grown = view.other().minus(before.other());
      for (String object : view.members().keySet()) {
        Counts was = before.members().getOrDefault(object, Counts.NONE);
        grown = grown.plus(view.members().getOrDefault(object, Counts.NONE).minus(was));
      }
      assertThat(grown).isEqualTo(view.totals().minus(before.totals()));
    }
  }

  private static void notLess(String object, Counts now, Counts before) {
    for (Column column : Column.values()) {
      assertThat(now.get(column))
          .as("%s of %s", column, object)
          .isGreaterThanOrEqualTo(before.get(column));
    }
  }
}
