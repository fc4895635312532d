package dev.yagura.accesslog.heavy;

import java.util.BitSet;

/** Chooses the rows that matter least. */
public final class Eviction {
  private Eviction() {}

  /**
   * All rows but those with the lowest scores; among equals the first rows go, which are the
   * oldest.
   *
   * @param scores one for each row, from 0 on; {@link Double#POSITIVE_INFINITY} for one that stays
   * @param evicted how many rows are to go; fewer go if more are to stay
   */
  public static BitSet survivors(double[] scores, int evicted) {
    var kept = new BitSet(scores.length);
    kept.set(0, scores.length);
    if (evicted <= 0 || scores.length == 0) {
      return kept;
    }
    int count = Math.min(evicted, scores.length);
    double highest = smallest(scores.clone(), count - 1);
    int below = 0;
    for (double score : scores) {
      below += score < highest ? 1 : 0;
    }
    int equals = count - below;
    for (int row = 0; row < scores.length; row++) {
      if (scores[row] == Double.POSITIVE_INFINITY) {
        continue;
      }
      if (scores[row] < highest) {
        kept.clear(row);
      } else if (scores[row] == highest && equals > 0) {
        equals--;
        kept.clear(row);
      }
    }
    return kept;
  }

  /** The value that would stand at this index if they were sorted; moves them about. */
  private static double smallest(double[] values, int index) {
    int from = 0;
    int to = values.length - 1;
    while (from < to) {
      double pivot = values[(from + to) >>> 1];
      int low = from;
      int high = to;
      while (low <= high) {
        while (values[low] < pivot) {
          low++;
        }
        while (values[high] > pivot) {
          high--;
        }
        if (low <= high) {
          double swapped = values[low];
          values[low++] = values[high];
          values[high--] = swapped;
        }
      }
      if (index <= high) {
        to = high;
      } else if (index >= low) {
        from = low;
      } else {
        break;
      }
    }
    return values[index];
  }
}
