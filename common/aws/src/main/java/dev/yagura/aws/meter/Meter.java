package dev.yagura.aws.meter;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what this process asks of AWS, and what that costs. One for a process: it goes on over
 * reloads. For any thread.
 */
public final class Meter {
  /** A month of 365.25 / 12 days. */
  public static final Duration MONTH = Duration.ofMinutes(43_830);

  private static final Duration SLOT = Duration.ofHours(1);
  private static final int SLOTS = 24;
  private static final Duration LEAST = Duration.ofHours(1);

  /**
   * What was asked by one operation since the process started.
   *
   * @param service as IAM writes it
   * @param requests that were sent, repetitions too, by how they ended
   * @param calls that ended, each with all of its repetitions
   * @param seconds that the calls took
   * @param dollars as estimated from the price list
   */
  public record Use(
      String service,
      String operation,
      Map<Outcome, Long> requests,
      long calls,
      double seconds,
      double dollars) {}

  private record Operation(String service, String name) implements Comparable<Operation> {
    @Override
    public int compareTo(Operation other) {
      int services = service.compareTo(other.service);
      return services != 0 ? services : name.compareTo(other.name);
    }
  }

  private static final class Count {
    private final Map<Outcome, Long> requests = new EnumMap<>(Outcome.class);
    private long calls;
    private double seconds;
    private double dollars;
  }

  private static final class Slot {
    private final Instant start;
    private double dollars;

    Slot(Instant start) {
      this.start = start;
    }
  }

  private final PriceList prices;
  private final Clock clock;
  private final Instant started;
  // Guarded by this.
  private final Map<Operation, Count> counts = new TreeMap<>();
  private final Deque<Slot> unplanned = new ArrayDeque<>();

  /** A meter at zero. */
  public Meter(PriceList prices, Clock clock) {
    this.prices = prices;
    this.clock = clock;
    this.started = clock.instant();
  }

  public PriceList prices() {
    return prices;
  }

  /** Notes a request that was sent. */
  public synchronized void request(String service, String operation, Outcome outcome) {
    count(service, operation).requests.merge(outcome, 1L, Long::sum);
  }

  /** Notes the end of a call, however it ended. */
  public synchronized void call(String service, String operation, Duration took) {
    Count count = count(service, operation);
    count.calls++;
    count.seconds += took.toNanos() / 1e9;
  }

  /**
   * Notes what AWS bills.
   *
   * @param planned whether the budget knows of it beforehand
   */
  public synchronized void bill(String service, String operation, long units, boolean planned) {
    double dollars = units * prices.dollars(service, operation);
    count(service, operation).dollars += dollars;
    if (!planned && dollars > 0) {
      slot().dollars += dollars;
    }
  }

  private Count count(String service, String operation) {
    return counts.computeIfAbsent(new Operation(service, operation), key -> new Count());
  }

  private Slot slot() {
    Instant now = clock.instant();
    Slot last = unplanned.peekLast();
    if (last == null || Duration.between(last.start, now).compareTo(SLOT) >= 0) {
      last = new Slot(now);
      unplanned.addLast(last);
      forget(now);
    }
    return last;
  }

  private void forget(Instant now) {
    Instant oldest = now.minus(SLOT.multipliedBy(SLOTS));
    while (!unplanned.isEmpty() && unplanned.getFirst().start.isBefore(oldest)) {
      unplanned.removeFirst();
    }
  }

  /** What was asked so far, by service and operation in the order of their names. */
  public synchronized List<Use> uses() {
    List<Use> uses = new ArrayList<>();
    counts.forEach(
        (operation, count) ->
            uses.add(
                new Use(
                    operation.service(),
                    operation.name(),
                    Map.copyOf(count.requests),
                    count.calls,
                    count.seconds,
                    count.dollars)));
    return uses;
  }

  /** Dollars since the process started. */
  public synchronized double dollars() {
    return counts.values().stream().mapToDouble(count -> count.dollars).sum();
  }

  /**
   * Dollars a month for what no plan foresees, at the rate of the last day; of the last hour at
   * least, so that what a start costs is not taken for a habit.
   */
  public synchronized double unplannedDollarsPerMonth() {
    Instant now = clock.instant();
    forget(now);
    double dollars = unplanned.stream().mapToDouble(slot -> slot.dollars).sum();
    Duration running = Duration.between(started, now);
    Duration day = SLOT.multipliedBy(SLOTS);
    Duration over = running.compareTo(day) > 0 ? day : running;
    Duration least = over.compareTo(LEAST) < 0 ? LEAST : over;
    return dollars * MONTH.toSeconds() / least.toSeconds();
  }
}
