package dev.yagura.cloudfront.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Chooses the objects that are shown, for each ranking its best by fading weight. One outside takes
 * the place of the weakest only if it is clearly better, so that a rank that flaps changes nothing.
 */
final class Members {
  /** How much more than the weakest member's an object's weight has to be. */
  private static final double CLEARLY = 1.25;

  private final int top;

  /** The weights by which is ranked. */
  private final int[] rankings;

  /**
   * Chooses from nothing.
   *
   * @param rankings indexes of weights
   */
  Members(int top, int[] rankings) {
    this.top = top;
    this.rankings = rankings.clone();
  }

  private record Candidate(int row, double weight) {
    static final Comparator<Candidate> WEAKEST_FIRST =
        Comparator.comparingDouble(Candidate::weight);
  }

  /**
   * Chooses anew. All rows fade alike, so one that has not changed is no better than when it was
   * not chosen.
   *
   * @param all whether to look also at rows that have not changed
   * @return whether there is another member
   */
  boolean choose(TrackedRows rows, boolean all) {
    boolean changed = false;
    for (int weight : rankings) {
      changed |= choose(rows, all, weight);
    }
    return changed;
  }

  private boolean choose(TrackedRows rows, boolean all, int weight) {
    int flag = TrackedRows.member(weight);
    var members = new PriorityQueue<>(Candidate.WEAKEST_FIRST);
    for (int row = 0; row < rows.size(); row++) {
      if (rows.is(row, flag)) {
        members.add(new Candidate(row, rows.weight(row, weight)));
      }
    }
    boolean changed = false;
    while (members.size() > top) {
      rows.clear(members.remove().row(), flag);
      changed = true;
    }
    for (Candidate candidate : candidates(rows, all, weight, threshold(members))) {
      if (candidate.weight() <= threshold(members)) {
        break;
      }
      if (members.size() == top) {
        rows.clear(members.remove().row(), flag);
      }
      members.add(candidate);
      rows.set(candidate.row(), flag | TrackedRows.SHOWN | TrackedRows.CHANGED);
      changed = true;
    }
    return changed;
  }

  /** What an object's weight has to exceed. */
  private double threshold(PriorityQueue<Candidate> members) {
    if (members.size() < top) {
      return 0;
    }
    Candidate weakest = members.peek();
    return weakest == null ? Double.POSITIVE_INFINITY : CLEARLY * weakest.weight();
  }

  /** The best outside, best first, as many as there could be members. */
  private List<Candidate> candidates(TrackedRows rows, boolean all, int weight, double threshold) {
    int flag = TrackedRows.member(weight);
    var best = new PriorityQueue<>(Candidate.WEAKEST_FIRST);
    double needed = threshold;
    for (int row = 0; row < rows.size(); row++) {
      double has = rows.weight(row, weight);
      if (has > needed
          && !rows.is(row, flag)
          && (all || rows.is(row, TrackedRows.CHANGED))
          && ObjectLabel.isOne(rows.object(row))) {
        best.add(new Candidate(row, has));
        if (best.size() > top) {
          needed = best.remove().weight();
        }
      }
    }
    List<Candidate> sorted = new ArrayList<>(best);
    sorted.sort(Candidate.WEAKEST_FIRST.reversed());
    return sorted;
  }
}
