package dev.yagura.ecs.loadbalancers;

/**
 * Calls of one refresh. The pacer holds every call back until its turn; this keeps a refresh from
 * asking for more than has a turn before the next one. For one thread.
 */
final class CallBudget {
  private final int most;
  private int made;

  CallBudget(int most) {
    this.most = most;
  }

  /** A refresh begins. */
  void begin() {
    made = 0;
  }

  /** A call is made. */
  void spend() {
    made++;
  }

  int made() {
    return made;
  }

  int left() {
    return Math.max(0, most - made);
  }
}
