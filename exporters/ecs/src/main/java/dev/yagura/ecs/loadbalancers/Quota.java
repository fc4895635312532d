package dev.yagura.ecs.loadbalancers;

/** Limits by the names of DescribeAccountLimits. */
final class Quota {
  static final String LOAD_BALANCERS = "application-load-balancers";
  static final String TARGET_GROUPS = "target-groups";
  static final String LISTENERS_OF_ONE = "listeners-per-application-load-balancer";
  static final String RULES_OF_ONE = "rules-per-application-load-balancer";
  static final String TARGET_GROUPS_OF_ONE = "target-groups-per-application-load-balancer";
  static final String TARGETS_OF_ONE = "targets-per-application-load-balancer";

  private Quota() {}
}
