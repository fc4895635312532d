package dev.yagura.cloudfront.store;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that was counted and is committed; does not change.
 *
 * @param distributions by name
 */
public record View(SortedMap<String, DistributionView> distributions) {
  /** Nothing was counted. */
  public static final View EMPTY = new View(new TreeMap<>());

  public View {
    distributions = Collections.unmodifiableSortedMap(new TreeMap<>(distributions));
  }
}
