package dev.yagura.cloudfront.store;

import dev.yagura.accesslog.heavy.HeavyHitters;
import dev.yagura.cloudfront.count.HourCounts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The hours of all distributions. What is added is written at once; those that were used last stay
 * in memory as well.
 */
final class HourStore {
  /** How long hours are kept. */
  static final Duration KEPT = Duration.ofDays(60);

  private static final int IN_MEMORY = 32;
  private static final int UNITS_IN_MEMORY = 64_000;
  private static final int HOUR = 3600;

  /** Hours that are deleted in one transaction; more than can begin between two of them. */
  private static final int DELETED_AT_ONCE = 4;

  private final int capacity;
  private final Map<StoredHour.Key, StoredHour> inMemory = new LinkedHashMap<>(64, 0.75f, true);

  /**
   * Hours of which none is in memory.
   *
   * @param capacity objects of an hour at most
   */
  HourStore(int capacity) {
    this.capacity = capacity;
  }

  /** Forgets what is in memory: the database holds it all. */
  void clear() {
    inMemory.clear();
  }

  /**
   * Adds what a file says of an hour, unless that is too long ago.
   *
   * @param now in seconds since 1970
   */
  void add(Connection transaction, long distribution, HourCounts file, long now)
      throws SQLException {
    if (file.hour() < oldest(now)) {
      return;
    }
    var key = new StoredHour.Key(distribution, file.hour());
    StoredHour hour = inMemory.get(key);
    if (hour == null) {
      hour = HourRows.read(transaction, key, capacity);
      inMemory.put(key, hour);
      forgetOldest();
    }
    HeavyHitters objects = hour.objects();
    List<byte[]> before = new ArrayList<>();
    for (int row = 0; row < objects.table().size(); row++) {
      before.add(objects.table().object(row));
    }
    hour.add(file);
    before.removeIf(object -> objects.table().find(object) >= 0);
    HourRows.write(transaction, hour, file.objects(), before);
  }

  private void forgetOldest() {
    var oldest = inMemory.values().iterator();
    while (inMemory.size() > IN_MEMORY || (inMemory.size() > 1 && units() > UNITS_IN_MEMORY)) {
      oldest.next();
      oldest.remove();
    }
  }

  private long units() {
    return inMemory.values().stream().mapToLong(hour -> hour.objects().table().units()).sum();
  }

  private static long oldest(long now) {
    return (now - KEPT.toSeconds()) / HOUR;
  }

  /** Deletes some of the hours that are too long ago. */
  void expire(Connection transaction, long now) throws SQLException {
    for (StoredHour.Key key : HourRows.before(transaction, oldest(now), DELETED_AT_ONCE)) {
      HourRows.delete(transaction, key);
      inMemory.remove(key);
    }
  }
}
