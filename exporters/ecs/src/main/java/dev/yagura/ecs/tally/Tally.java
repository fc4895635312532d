package dev.yagura.ecs.tally;

import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.state.StateException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Counts what happens in clusters, each thing once: told twice, late or in any order, by several
 * who do not know of each other, it is one. What is counted is saved before it is shown. For any
 * thread.
 *
 * <p>What happened before a cluster's tally began is not counted. Of what was counted so many keys
 * are kept; when there are more, the oldest are forgotten, and nothing that old is counted any
 * more, for nobody could say whether it was.
 */
public final class Tally implements AutoCloseable {
  /** The name of its database. */
  public static final String APPLICATION = "ecs";

  /** A new counter shows zero for so long: two scrapes of a Prometheus that scrapes each minute. */
  static final Duration ZERO_FOR = Duration.ofMinutes(2);

  private static final int MOST_KEYS = 100_000;
  private static final int MOST_SERIES = 10_000;

  /** A counter and what it shows. */
  public record Counted(Series series, long value) {}

  private final Optional<TallyStore> store;
  private final Clock serverTime;
  private final int mostKeys;
  private final int mostSeries;
  private final Showing showing;
  private final AtomicLong tooOld = new AtomicLong();
  private final Object writing = new Object();
  // Guarded by writing.
  private Book book;
  private boolean loaded;

  Tally(
      Optional<TallyStore> store,
      Clock serverTime,
      LongSupplier nanoClock,
      int mostKeys,
      int mostSeries) {
    this.store = store;
    this.serverTime = serverTime;
    this.mostKeys = mostKeys;
    this.mostSeries = mostSeries;
    this.showing = new Showing(ZERO_FOR, nanoClock);
    this.book = new Book(mostKeys, mostSeries);
    this.loaded = store.isEmpty();
  }

  /**
   * Counts in memory; a restart begins anew.
   *
   * @param serverTime AWS' clock
   * @param nanoClock counts nanoseconds
   */
  public static Tally inMemory(Clock serverTime, LongSupplier nanoClock) {
    return new Tally(Optional.empty(), serverTime, nanoClock, MOST_KEYS, MOST_SERIES);
  }

  /**
   * Counts in a state folder, over restarts. After a reload it belongs to what was loaded before:
   * then it is opened when it is first used after that let go of it.
   *
   * @param clock of the machine
   * @throws StateException if it cannot be used
   */
  public static Tally in(Path folder, Clock clock, Clock serverTime, LongSupplier nanoClock)
      throws StateException {
    return new Tally(
        Optional.of(TallyStore.in(folder, clock)), serverTime, nanoClock, MOST_KEYS, MOST_SERIES);
  }

  /** Whether its counters survive a restart. */
  public boolean isDurable() {
    return store.isPresent();
  }

  /**
   * That of one cluster.
   *
   * @param place account and region
   */
  public ClusterTally of(String place, String cluster) {
    return new ClusterTally(this, new Where(place, cluster));
  }

  void begin(Where where) throws ScrapeException {
    synchronized (writing) {
      load();
      if (book.since(where) == null) {
        Instant now = serverTime.instant();
        if (store.isPresent()) {
          save(() -> store.get().begin(where, now));
        }
        book.since(where, now);
      }
    }
  }

  private void load() throws ScrapeException {
    if (loaded) {
      return;
    }
    var fresh = new Book(mostKeys, mostSeries);
    store.orElseThrow().load(fresh);
    book = fresh;
    showing.known(fresh.counters());
    loaded = true;
  }

  boolean isTooOld(Where where, Instant at) throws ScrapeException {
    synchronized (writing) {
      load();
      Instant since = book.since(where);
      return since != null && at.isBefore(since);
    }
  }

  boolean isCounted(Where where, String key) throws ScrapeException {
    synchronized (writing) {
      load();
      return book.knows(where, key);
    }
  }

  Set<String> add(Where where, List<Occurrence> told) throws ScrapeException {
    synchronized (writing) {
      begin(where);
      Change change = book.change(where, told);
      if (!change.isNothing()) {
        if (store.isPresent()) {
          save(() -> store.get().save(change));
        }
        book.apply(change);
        showing.changed(change);
      }
      tooOld.addAndGet(change.tooOld());
      return change.counted();
    }
  }

  @FunctionalInterface
  private interface Saving {
    void run() throws ScrapeException;
  }

  private void save(Saving saving) throws ScrapeException {
    try {
      saving.run();
    } catch (ScrapeException e) {
      loaded = false; // What is in the state is what counts; it is read again.
      throw e;
    }
  }

  List<Counted> shown(Where where) {
    return showing.of(where.place(), where.cluster());
  }

  /** How many were told that happened before a tally began, or before what is still known. */
  public long tooOld() {
    return tooOld.get();
  }

  @Override
  public void close() {
    store.ifPresent(TallyStore::close);
  }
}
