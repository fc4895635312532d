package dev.yagura.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Checks that histograms are whole. */
final class Histograms {
  private Histograms() {}

  /**
   * Each histogram of this family has a sum, a count and buckets that grow up to that count.
   *
   * @throws IllegalArgumentException that names the one which has not
   */
  static void check(String family, List<Sample> samples) {
    Map<SortedMap<String, String>, TreeMap<Double, Double>> buckets = new LinkedHashMap<>();
    Map<SortedMap<String, String>, Double> counts = new LinkedHashMap<>();
    Map<SortedMap<String, String>, Double> sums = new LinkedHashMap<>();
    for (Sample sample : samples) {
      SortedMap<String, String> labels = new TreeMap<>(sample.labels());
      String bound = labels.remove("le");
      if (sample.name().equals(family + "_bucket") && bound != null) {
        buckets.computeIfAbsent(labels, of -> new TreeMap<>()).put(bound(bound), sample.value());
      } else if (sample.name().equals(family + "_count")) {
        counts.put(labels, sample.value());
      } else if (sample.name().equals(family + "_sum")) {
        sums.put(labels, sample.value());
      }
    }
    if (!counts.keySet().equals(buckets.keySet()) || !counts.keySet().equals(sums.keySet())) {
      throw new IllegalArgumentException(family + " lacks buckets, a count or a sum");
    }
    buckets.forEach(
        (labels, cumulative) -> {
          double below = 0;
          for (double count : cumulative.values()) {
            if (!(count >= below)) {
              throw new IllegalArgumentException(family + labels + " has a bucket that shrinks");
            }
            below = count;
          }
          if (!Double.valueOf(below).equals(counts.get(labels))
              || cumulative.lastKey() != Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(family + labels + ": +Inf is not its count");
          }
        });
  }

  private static double bound(String text) {
    return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }
}
