package dev.yagura.cloudfront.report;

import dev.yagura.cloudfront.count.Counts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A report of popular objects.
 *
 * @param friendlyName of the distribution, if the configuration gives it one
 * @param entries best first
 * @param totals of all requests in the window, those of objects that are not listed included
 * @param before totals of the window of the same length just before; empty if nothing is known of
 *     it
 * @param bound how much more than shown an object could have had in the query's order, listed or
 *     not; 0 if every object is exact
 * @param newestEvent time of the newest request known; empty if no log has arrived yet
 */
public record PopularObjects(
    ReportQuery query,
    Optional<String> friendlyName,
    Instant generated,
    List<Entry> entries,
    Counts totals,
    Optional<Counts> before,
    long bound,
    Optional<Instant> newestEvent) {

  public PopularObjects {
    entries = List.copyOf(entries);
  }

  /**
   * One object.
   *
   * @param object its path, as logged
   * @param before its value in the query's order in the window before; empty if it was not among
   *     those that were kept
   */
  public record Entry(String object, Counts counts, OptionalLong before) {}
}
