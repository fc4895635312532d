package dev.yagura.loggenerator;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Which object is asked for next, as a number from 0. */
@FunctionalInterface
public interface Popularity {
  int next(SplittableRandom random);

  /** The object of rank r is asked for in proportion to {@code 1 / r^exponent}. */
  static Popularity zipf(int objects, double exponent) {
    double[] upTo = new double[objects];
    double sum = 0;
    for (int i = 0; i < objects; i++) {
      sum += Math.pow(i + 1.0, -exponent);
      upTo[i] = sum;
    }
    double all = sum;
    return random -> {
      int found = Arrays.binarySearch(upTo, random.nextDouble() * all);
      return Math.min(found < 0 ? -found - 1 : found, objects - 1);
    };
  }

  /** Each object once, one after the other. */
  static Popularity eachOnce() {
    int[] next = {0};
    return random -> next[0]++;
  }
}
