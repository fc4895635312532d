package dev.yagura.cloudfront.store;

/**
 * Makes old requests weigh less without touching them: later ones weigh more. A value of an instant
 * is multiplied by a factor that doubles with each half-life since the landmark.
 */
final class Fading {
  /** Half-lives after which the landmark moves on; far from the largest exponent of a double. */
  private static final int FARTHEST = 512;

  private final long halfLife;
  private long landmark;

  /**
   * Fades from a landmark on.
   *
   * @param halfLife in seconds
   * @param landmark where the factor is 1, in seconds since 1970
   */
  Fading(long halfLife, long landmark) {
    this.halfLife = halfLife;
    this.landmark = landmark;
  }

  long halfLife() {
    return halfLife;
  }

  long landmark() {
    return landmark;
  }

  /** What a value of this instant is multiplied by. */
  double factor(long second) {
    return Math.pow(2, (second - landmark) / (double) halfLife);
  }

  /**
   * Moves the landmark if it is too long ago.
   *
   * @return what everything that was multiplied before is to be multiplied by now, a power of two;
   *     1 if nothing has changed
   */
  double advance(long now) {
    long halfLives = Math.floorDiv(now - landmark, halfLife);
    if (halfLives <= FARTHEST) {
      return 1;
    }
    landmark += halfLives * halfLife;
    return Math.scalb(1.0, (int) -Math.min(halfLives, 4 * FARTHEST));
  }
}
