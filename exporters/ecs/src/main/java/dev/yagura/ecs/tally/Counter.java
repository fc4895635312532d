package dev.yagura.ecs.tally;

/**
 * A counter as it is kept.
 *
 * @param touched when the last thing happened that it counted, in seconds
 */
record Counter(long value, long touched) {
  static final Counter NONE = new Counter(0, 0);

  Counter plusOne(long at) {
    return new Counter(value + 1, Math.max(touched, at));
  }
}
