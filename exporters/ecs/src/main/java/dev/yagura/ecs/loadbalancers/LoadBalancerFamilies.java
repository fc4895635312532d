package dev.yagura.ecs.loadbalancers;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is shown of load balancers without asking for the health of targets. */
final class LoadBalancerFamilies {
  private static final String LOAD_BALANCER = "load_balancer";

  /** A load balancer; listeners and rules are null where they are not known. */
  private record One(
      LoadBalancer it,
      @Nullable Integer listeners,
      @Nullable Long rules,
      int targetGroups,
      Map<String, Integer> limits) {}

  private record Region(LoadBalancing view, int leftOut) {}

  private record Rules(String loadBalancer, Listener listener) {}

  private static final List<Family<LoadBalancer>> INFO =
      List.of(
          Family.<LoadBalancer>info(
                  "elb_load_balancer_info",
                  "LoadBalancerName, Type, Scheme and State of DescribeLoadBalancers.")
              .labels(
                  LabelSet.<LoadBalancer>of(LOAD_BALANCER, LoadBalancer::dimension)
                      .and("name", LoadBalancer::name)
                      .and("type", LoadBalancer::type)
                      .and("scheme", LoadBalancer::scheme)
                      .and("state", LoadBalancer::state)));

  private static final List<Family<One>> ONE =
      Family.labelled(
          LabelSet.of(LOAD_BALANCER, row -> row.it().dimension()),
          List.of(
              Family.gauge(
                  "elb_load_balancer_listeners",
                  "Listeners of a load balancer in DescribeListeners.",
                  One::listeners),
              limit("elb_load_balancer_listeners_limit", Quota.LISTENERS_OF_ONE),
              Family.gauge(
                  "elb_load_balancer_rules",
                  "Rules of a load balancer in DescribeRules over all of its listeners, without"
                      + " default rules.",
                  One::rules),
              limit("elb_load_balancer_rules_limit", Quota.RULES_OF_ONE),
              Family.gauge(
                  "elb_load_balancer_target_groups",
                  "Target groups whose LoadBalancerArns in DescribeTargetGroups name a load"
                      + " balancer.",
                  One::targetGroups),
              limit("elb_load_balancer_target_groups_limit", Quota.TARGET_GROUPS_OF_ONE),
              limit("elb_load_balancer_targets_limit", Quota.TARGETS_OF_ONE)));

  private static final List<Family<Region>> REGION =
      List.of(
          Family.gauge(
              "elb_load_balancers",
              "Application load balancers in DescribeLoadBalancers, also those that are not"
                  + " watched.",
              row -> row.view().applicationLoadBalancers()),
          Family.gauge(
              "elb_load_balancers_limit",
              "Max of " + Quota.LOAD_BALANCERS + " in DescribeAccountLimits.",
              row -> row.view().limits().get(Quota.LOAD_BALANCERS)),
          Family.gauge(
              "elb_target_groups",
              "Target groups of the region in DescribeTargetGroups, those of every kind of load"
                  + " balancer and of none.",
              row -> row.view().targetGroups().size()),
          Family.gauge(
              "elb_target_groups_limit",
              "Max of " + Quota.TARGET_GROUPS + " in DescribeAccountLimits.",
              row -> row.view().limits().get(Quota.TARGET_GROUPS)),
          Family.gauge(
              "elb_target_groups_left_out",
              "Target groups of DescribeTargetGroups, of watched load balancers or of none, that"
                  + " have no series of their own because there are more than 1,000.",
              Region::leftOut));

  private static final List<Family<TargetGroup>> GROUP =
      List.of(
          Family.<TargetGroup>info(
                  "elb_target_group_info",
                  "TargetGroupName, Protocol, Port and TargetType of DescribeTargetGroups.")
              .labels(
                  LabelSet.<TargetGroup>of("target_group", TargetGroup::dimension)
                      .and(LOAD_BALANCER, TargetGroup::loadBalancer)
                      .and("name", TargetGroup::name)
                      .and("protocol", TargetGroup::protocol)
                      .and(
                          "port",
                          group -> group.port() == null ? null : Integer.toString(group.port()))
                      .and("target_type", TargetGroup::targetType)));

  private static final List<Family<Rules>> RULES =
      Family.labelled(
          LabelSet.<Rules>of(LOAD_BALANCER, Rules::loadBalancer)
              .and("listener", row -> row.listener().name()),
          List.of(
              Family.gauge(
                  "elb_listener_duplicate_priorities",
                  "Values of Priority in DescribeRules that more than one rule of a listener has.",
                  row -> ListenerRules.duplicatePriorities(row.listener().rules())),
              Family.gauge(
                  "elb_listener_shadowed_rules",
                  "Rules in DescribeRules that never take a request: their Conditions are hosts"
                      + " alone, which rules of a better Priority on the same listener take, that"
                      + " ask for hosts alone as well.",
                  row -> ListenerRules.shadowed(row.listener().rules()).size()),
              Family.gauge(
                  "elb_listener_next_free_priority",
                  "Number behind the highest Priority in DescribeRules of a listener; absent when"
                      + " 50,000 is taken, the highest there is.",
                  row -> ListenerRules.nextFreePriority(row.listener().rules()))));

  private LoadBalancerFamilies() {}

  private static Family<One> limit(String family, String quota) {
    return Family.gauge(
        family, "Max of " + quota + " in DescribeAccountLimits.", row -> row.limits().get(quota));
  }

  static List<Family<?>> all() {
    List<Family<?>> all = new ArrayList<>();
    List.of(INFO, ONE, REGION, GROUP, RULES).forEach(all::addAll);
    return all;
  }

  static Snapshot snapshot(LoadBalancing view) {
    ShownGroups shown = ShownGroups.of(view);
    return Snapshot.join(
        List.of(
            Snapshot.of(INFO, view.watched()),
            Snapshot.of(ONE, each(view)),
            Snapshot.of(REGION, new Region(view, shown.leftOut())),
            Snapshot.of(GROUP, shown.groups()),
            Snapshot.of(
                RULES,
                view.listeners().stream()
                    .map(
                        listener ->
                            new Rules(Dimensions.loadBalancer(listener.loadBalancer()), listener))
                    .toList())));
  }

  private static List<One> each(LoadBalancing view) {
    Map<String, Integer> groups = new HashMap<>();
    view.targetGroups()
        .forEach(group -> group.loadBalancers().forEach(arn -> groups.merge(arn, 1, Integer::sum)));
    List<One> rows = new ArrayList<>();
    for (LoadBalancer each : view.watched()) {
      boolean known = !view.withoutRules().contains(each.arn());
      List<Listener> listeners =
          view.listeners().stream()
              .filter(listener -> listener.loadBalancer().equals(each.arn()))
              .toList();
      long rules =
          listeners.stream()
              .flatMap(listener -> listener.rules().stream())
              .filter(rule -> !rule.isDefault())
              .count();
      rows.add(
          new One(
              each,
              known ? listeners.size() : null,
              known ? rules : null,
              groups.getOrDefault(each.arn(), 0),
              view.limits()));
    }
    return rows;
  }
}
