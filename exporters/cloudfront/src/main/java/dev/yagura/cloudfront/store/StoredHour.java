package dev.yagura.cloudfront.store;

import dev.yagura.accesslog.heavy.HeavyHitters;
import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.HourCounts;

/** What is known of one hour of one distribution. */
final class StoredHour {
  private final Key key;
  private final HeavyHitters objects;
  private Counts total;

  /**
   * Which hour it is.
   *
   * @param hour since 1970
   */
  record Key(long distribution, long hour) {}

  StoredHour(Key key, Counts total, HeavyHitters objects) {
    this.key = key;
    this.total = total;
    this.objects = objects;
  }

  Key key() {
    return key;
  }

  /** Of all requests, exact. */
  Counts total() {
    return total;
  }

  /** Counters in the order of {@link Column#index}. */
  HeavyHitters objects() {
    return objects;
  }

  void add(HourCounts file) {
    objects.add(file.objects());
    total = total.plus(file.total());
  }
}
