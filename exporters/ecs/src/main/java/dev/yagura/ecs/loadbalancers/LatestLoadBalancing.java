package dev.yagura.ecs.loadbalancers;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where those who ask about load balancers leave what they know, for those who join it. For any
 * thread.
 */
public final class LatestLoadBalancing {
  // Guarded by this.
  private @Nullable LoadBalancing view;

  /** What there is now; the health that is known of it stays. */
  synchronized void replace(LoadBalancing fresh) {
    Map<String, GroupHealth> kept = new HashMap<>(view == null ? Map.of() : view.health());
    Set<String> arns = new HashSet<>();
    fresh.targetGroups().forEach(group -> arns.add(group.arn()));
    kept.keySet().retainAll(arns);
    view = fresh.with(kept);
  }

  /** The health of a group was read; one without is gone. */
  synchronized void health(String arn, Optional<GroupHealth> read) {
    if (view == null) {
      return;
    }
    Map<String, GroupHealth> health = new HashMap<>(view.health());
    read.ifPresentOrElse(known -> health.put(arn, known), () -> health.remove(arn));
    view = view.with(health);
  }

  /** What is known; empty before the first answer. */
  public synchronized Optional<LoadBalancing> view() {
    return Optional.ofNullable(view);
  }
}
