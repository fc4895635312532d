package dev.yagura.aws.meter;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Counts what this process asks of AWS, and what that costs. One for a process: it goes on over
 * reloads. For any thread.
 */
public final class Meter {
  /** A month of 365.25 / 12 days. */
  public static final Duration MONTH = Duration.ofMinutes(43_830);

  private static final Duration SLOT = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
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
    private final long start;
    private double dollars;

    Slot(long start) {
      this.start = start;
    }
  }

  private final PriceList prices;
  private final LongSupplier nanoClock;
  private final long started;
  // Guarded by this.
  private final Map<Operation, Count> counts = new TreeMap<>();
  private final Deque<Slot> unplanned = new ArrayDeque<>();

  /**
   * A meter at zero.
   *
   * @param nanoClock counts nanoseconds, so that setting the machine's clock changes no rate
   */
  public Meter(PriceList prices, LongSupplier nanoClock) {
    this.prices = prices;
    this.nanoClock = nanoClock;
    this.started = nanoClock.getAsLong();
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
    long now = nanoClock.getAsLong();
    Slot last = unplanned.peekLast();
    if (last == null || now - last.start >= SLOT.toNanos()) {
      last = new Slot(now);
      unplanned.addLast(last);
      forget(now);
    }
    return last;
  }

  private void forget(long now) {
    while (!unplanned.isEmpty() && now - unplanned.getFirst().start > DAY.toNanos()) {
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
    long now = nanoClock.getAsLong();
    forget(now);
    double dollars = unplanned.stream().mapToDouble(slot -> slot.dollars).sum();
    long over = Math.min(DAY.toNanos(), Math.max(LEAST.toNanos(), now - started));
    return dollars * MONTH.toNanos() / over;
  }
}
