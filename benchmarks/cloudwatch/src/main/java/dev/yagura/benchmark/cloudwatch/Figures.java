package dev.yagura.benchmark.cloudwatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was measured of one exporter. */
final class Figures {
  final List<Double> scrapeSeconds = new ArrayList<>();

  /** While it was asking CloudWatch; the peer does nothing else. */
  final List<Double> scrapeSecondsInRefresh = new ArrayList<>();

  /** While AWS answered nobody; empty if there was no answer. */
  final List<Double> frozenScrapeSeconds = new ArrayList<>();

  final List<Double> refreshSeconds = new ArrayList<>();
  final List<Calls> refreshCalls = new ArrayList<>();

  /** What each of our scrapers took in the last refresh. */
  final SortedMap<String, Double> lastRefresh = new TreeMap<>();

  double residentMebibytes;

  /** All scrapes, whatever it was doing. */
  List<Double> allScrapeSeconds() {
    List<Double> all = new ArrayList<>(scrapeSeconds);
    all.addAll(scrapeSecondsInRefresh);
    all.addAll(frozenScrapeSeconds);
    return all;
  }

  /** The calls that were most often those of a refresh. */
  Calls usualCalls() {
    Map<String, List<Calls>> alike = new TreeMap<>();
    for (Calls calls : refreshCalls) {
      alike.computeIfAbsent(calls.write(), key -> new ArrayList<>()).add(calls);
    }
    return alike.values().stream()
        .max((a, b) -> Integer.compare(a.size(), b.size()))
        .orElseThrow()
        .get(0);
  }

  /** These in thousandths. */
  static List<Double> milliseconds(List<Double> seconds) {
    return seconds.stream().map(each -> each * 1000).toList();
  }
}
