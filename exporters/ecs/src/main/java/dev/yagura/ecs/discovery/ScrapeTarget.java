package dev.yagura.ecs.discovery;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What Prometheus is to scrape.
 *
 * @param address host and port
 * @param labels before relabelling
 */
public record ScrapeTarget(String address, SortedMap<String, String> labels) {
  static final Comparator<ScrapeTarget> ORDER =
      Comparator.comparing(ScrapeTarget::address)
          .thenComparing(target -> target.labels().toString());

  /** With these labels, in any order. */
  public ScrapeTarget(String address, Map<String, String> labels) {
    this(address, Collections.unmodifiableSortedMap(new TreeMap<>(labels)));
  }
}
