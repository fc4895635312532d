package dev.yagura.aws.budget;

import dev.yagura.aws.meter.Meter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Grants what is to be asked, as long as the month's budget lasts. Whoever asks again and again
 * claims it beforehand; all claims stand in one line, the essential first, then in the order in
 * which they were made. The first one that no longer fits is shed, and all behind it. For any
 * thread.
 */
public final class Budget {
  private static final Logger logger = LoggerFactory.getLogger(Budget.class);

  /**
   * Something that is not asked, for want of money.
   *
   * @param claimant who would ask
   * @param query what it is
   * @param dollarsPerMonth what it would cost
   */
  public record Shed(Claimant claimant, String query, double dollarsPerMonth) {}

  /**
   * Who asks.
   *
   * @param target as in the label {@code target}
   * @param scraper as in the label {@code scraper}
   */
  public record Claimant(String target, String scraper) {}

  /** So that what just fits, and then just does not, is not asked by turns. */
  private static final double COMING_BACK = 0.98;

  private record Queued(Claimant claimant, Claim claim) {
    Importance importance() {
      return claim.importance();
    }
  }

  private final OptionalDouble dollarsPerMonth;
  private final Meter meter;
  // Guarded by this.
  private final Map<Claimant, List<Claim>> claims = new LinkedHashMap<>();
  private double planned;
  private List<Shed> shed = List.of();
  private final Set<Queued> outside = new HashSet<>();

  /**
   * A budget with no claim on it.
   *
   * @param dollarsPerMonth empty for no bound
   * @param meter knows what is spent on what nobody claims
   */
  public Budget(OptionalDouble dollarsPerMonth, Meter meter) {
    this.dollarsPerMonth = dollarsPerMonth;
    this.meter = meter;
  }

  /** The bound; empty if there is none. */
  public OptionalDouble dollarsPerMonth() {
    return dollarsPerMonth;
  }

  /**
   * Puts these claims in place of those that the claimant had, and decides anew on all.
   *
   * @return the queries that are granted to this claimant
   */
  public synchronized Set<String> claim(Claimant claimant, List<Claim> these) {
    claims.put(claimant, List.copyOf(these));
    decide();
    Set<String> lost =
        shed.stream()
            .filter(one -> one.claimant().equals(claimant))
            .map(Shed::query)
            .collect(Collectors.toSet());
    return these.stream()
        .map(Claim::query)
        .filter(query -> !lost.contains(query))
        .collect(Collectors.toSet());
  }

  private void decide() {
    List<Queued> line = new ArrayList<>();
    claims.forEach((who, all) -> all.forEach(claim -> line.add(new Queued(who, claim))));
    line.sort(Comparator.comparing(Queued::importance)); // Stable: ties stay in their order.
    double left =
        dollarsPerMonth.isPresent()
            ? dollarsPerMonth.getAsDouble() - meter.unplannedDollarsPerMonth()
            : Double.POSITIVE_INFINITY;
    Set<Queued> before = Set.copyOf(outside);
    planned = 0;
    outside.clear();
    List<Shed> out = new ArrayList<>();
    for (Queued one : line) {
      double price = one.claim().dollarsPerMonth();
      double bound = before.contains(one) ? left * COMING_BACK : left;
      if (out.isEmpty() && planned + price <= bound) {
        planned += price;
      } else {
        out.add(new Shed(one.claimant(), one.claim().query(), price));
        outside.add(one);
      }
    }
    if (!outside.equals(before)) {
      tell(out);
    }
    shed = List.copyOf(out);
  }

  private void tell(List<Shed> out) {
    if (out.isEmpty()) {
      logger.info("the budget allows all queries again");
      return;
    }
    logger.warn(
        "the budget of {} dollars a month is used up, this is not asked: {}",
        dollarsPerMonth.orElse(0),
        out.stream()
            .map(one -> one.claimant().target() + " " + one.query())
            .collect(Collectors.joining(", ")));
  }

  /** What is not asked now. */
  public synchronized List<Shed> shed() {
    return shed;
  }

  /** Dollars that a month will cost, at present rates. */
  public synchronized double projectedDollarsPerMonth() {
    return planned + meter.unplannedDollarsPerMonth();
  }
}
