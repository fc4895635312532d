package dev.yagura.cloudfront.store;

import dev.yagura.accesslog.ingest.Tally;
import dev.yagura.accesslog.source.LogObject;
import dev.yagura.cloudfront.count.DistributionName;
import dev.yagura.cloudfront.count.FileCounter;
import dev.yagura.cloudfront.count.FileCounts;
import dev.yagura.cloudfront.count.HourCounts;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Counts CloudFront's logs: totals, hours and objects by distribution, in memory and in the
 * database. {@link #add}, {@link #load} and {@link #publish} are called by one thread at a time,
 * the others by any.
 */
public final class CloudFrontTally implements Tally<LogCounts> {
  private final StoreSettings settings;
  private final Room room;
  private final Clock clock;
  private final DistributionRows rows;
  private final HourStore hours;
  private final Map<String, Distribution> distributions = new ConcurrentHashMap<>();

  /** One for each reader that there was at a time. */
  private final Queue<FileCounter> idle = new ConcurrentLinkedQueue<>();

  private final Set<String> changed = new HashSet<>();
  private volatile View view = View.EMPTY;

  /** One that has all the room it wants. */
  CloudFrontTally(StoreSettings settings, Clock clock) {
    this(settings, Room.PLENTY, clock);
  }

  /** Knows nothing before {@link #load}. */
  public CloudFrontTally(StoreSettings settings, Room room, Clock clock) {
    this.settings = settings;
    this.room = room;
    this.clock = clock;
    this.rows = new DistributionRows(settings, clock);
    this.hours = new HourStore(2 * settings.hourObjects());
  }

  /** All that is committed. Never waits. */
  public View view() {
    return view;
  }

  @Override
  public String schema() {
    return Schema.TABLES;
  }

  @Override
  public void load(Connection database) throws SQLException {
    hours.clear();
    changed.clear();
    distributions.clear();
    for (Distribution distribution : rows.read(database)) {
      distributions.put(distribution.name(), distribution);
    }
    show(Map.of(), distributions.keySet());
  }

  @Override
  public LogCounts read(LogObject object, InputStream stored) throws IOException {
    String name = DistributionName.of(object).orElse(DistributionName.UNKNOWN);
    var counts =
        new FileCounts(
            Math.min(room.ofFile(), settings.maxObjects() + settings.maxObjects() / 2),
            bytes -> isTracked(name, bytes));
    FileCounter ready = idle.poll();
    FileCounter counter =
        ready == null ? FileCounter.detailed(settings.naming(), HourStore.KEPT, clock) : ready;
    counter.read(stored, object.shape(), counts);
    // One that failed is not used again.
    idle.add(counter);
    return new LogCounts(name, counts);
  }

  private boolean isTracked(String name, byte[] object) {
    Distribution distribution = distributions.get(name);
    return distribution != null && distribution.tracked().isTracked(object);
  }

  @Override
  public void add(LogCounts counts, Connection transaction) throws SQLException {
    long now = clock.instant().getEpochSecond();
    Distribution distribution = distributions.get(counts.distribution());
    if (distribution == null) {
      distribution = rows.create(transaction, counts.distribution());
      distributions.put(counts.distribution(), distribution);
    }
    changed.add(counts.distribution());
    distribution.tracked().limit(share());
    boolean otherMembers = distribution.add(counts.counts(), now);
    DistributionRows.write(transaction, distribution, otherMembers);
    for (HourCounts hour : counts.counts().hours()) {
      hours.add(transaction, distribution.id(), hour, now);
    }
    hours.expire(transaction, now);
  }

  /** What each distribution may track, so that all of them together have room. */
  private int share() {
    int fair = room.tracked() / distributions.size();
    return Math.max(settings.fewestObjects(), Math.min(settings.maxObjects(), fair));
  }

  @Override
  public void publish() {
    show(view.distributions(), changed);
    changed.clear();
  }

  private void show(Map<String, DistributionView> before, Set<String> anew) {
    long now = clock.instant().getEpochSecond();
    var shown = new TreeMap<>(before);
    for (String name : anew) {
      Distribution distribution = distributions.get(name);
      if (distribution != null) {
        shown.put(name, distribution.view(now));
      }
    }
    view = new View(shown);
  }
}
