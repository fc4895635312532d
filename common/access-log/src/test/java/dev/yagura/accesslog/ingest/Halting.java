package dev.yagura.accesslog.ingest;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Ends the process in the middle of a step, as a kill would: nothing is closed or written. */
final class Halting implements Step.Observer {
  static final int CODE = 9;

  private final Predicate<Step> counted;
  private final int at;
  private final Runnable before;
  private final AtomicInteger steps = new AtomicInteger();

  /**
   * Halts once.
   *
   * @param counted the steps that are counted
   * @param at the how-manieth of them is the last; 0 for never
   * @param before done before the end, by the thread that takes the step, while others go on
   */
  Halting(Predicate<Step> counted, int at, Runnable before) {
    this.counted = counted;
    this.at = at;
    this.before = before;
  }

  @Override
  public void at(Step step) {
    if (counted.test(step) && steps.incrementAndGet() == at) {
      before.run();
      Runtime.getRuntime().halt(CODE);
    }
  }
}
