package dev.yagura.ecs.environments;

import java.util.Locale;

/** How something may have been left behind. */
enum OrphanKind {
  /** A rule of an environment whose target groups have no target, and not all of them sleep. */
  RULE_EMPTY_TARGET_GROUP,
  /** A target group of no service that no rule and no default action leads to. */
  TARGET_GROUP_WITHOUT_RULE,
  /** A service with target groups that no rule and no default action leads to. */
  SERVICE_WITHOUT_RULE,
  /** A rule of an environment whose target groups are of no service and have no healthy target. */
  RULE_WITHOUT_SERVICE;

  /** The label {@code kind}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
