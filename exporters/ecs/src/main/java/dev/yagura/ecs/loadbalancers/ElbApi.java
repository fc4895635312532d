package dev.yagura.ecs.loadbalancers;

import dev.yagura.aws.client.AwsPlace;
import dev.yagura.aws.client.Pages;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Limit;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/** The calls that are made of Elastic Load Balancing. What was deleted meanwhile is empty. */
final class ElbApi {
  /** ARNs that DescribeTags takes. */
  static final int TAGS_AT_ONCE = 20;

  private static final int PAGE = 400;
  private static final String LOAD_BALANCERS = "elasticloadbalancing:DescribeLoadBalancers";
  private static final String LISTENERS = "elasticloadbalancing:DescribeListeners";
  private static final String RULES = "elasticloadbalancing:DescribeRules";
  private static final String TARGET_GROUPS = "elasticloadbalancing:DescribeTargetGroups";
  private static final String LIMITS = "elasticloadbalancing:DescribeAccountLimits";
  private static final String TAGS = "elasticloadbalancing:DescribeTags";
  private static final String HEALTH = "elasticloadbalancing:DescribeTargetHealth";

  private final ElasticLoadBalancingV2Client client;
  private final CallBudget budget;

  ElbApi(AwsPlace place, CallBudget budget) {
    this.client = place.client(ElasticLoadBalancingV2Client.builder());
    this.budget = budget;
  }

  List<LoadBalancer> loadBalancers(Deadline deadline) throws ScrapeException, InterruptedException {
    return Pages.all(
            LOAD_BALANCERS,
            deadline,
            marker ->
                counted(
                    () -> client.describeLoadBalancers(ask -> ask.pageSize(PAGE).marker(marker))),
            page -> page.loadBalancers(),
            page -> page.nextMarker())
        .stream()
        .map(ElbRecords::loadBalancer)
        .toList();
  }

  List<TargetGroup> targetGroups(Deadline deadline) throws ScrapeException, InterruptedException {
    return Pages.all(
            TARGET_GROUPS,
            deadline,
            marker ->
                counted(
                    () -> client.describeTargetGroups(ask -> ask.pageSize(PAGE).marker(marker))),
            page -> page.targetGroups(),
            page -> page.nextMarker())
        .stream()
        .map(ElbRecords::targetGroup)
        .toList();
  }

  /** The listeners of a load balancer with all of their rules. */
  List<Listener> listeners(String loadBalancer, Deadline deadline)
      throws ScrapeException, InterruptedException {
    List<Listener> listeners = new ArrayList<>();
    for (var listener : bareListeners(loadBalancer, deadline)) {
      Optional<List<Rule>> rules = rules(listener.listenerArn(), deadline);
      rules.ifPresent(known -> listeners.add(ElbRecords.listener(listener, loadBalancer, known)));
    }
    return listeners;
  }

  private List<software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener> bareListeners(
      String loadBalancer, Deadline deadline) throws ScrapeException, InterruptedException {
    try {
      return Pages.all(
          LISTENERS,
          deadline,
          marker ->
              counted(
                  () ->
                      client.describeListeners(
                          ask -> ask.loadBalancerArn(loadBalancer).pageSize(PAGE).marker(marker))),
          page -> page.listeners(),
          page -> page.nextMarker());
    } catch (ScrapeException e) {
      if (e.getCause() instanceof LoadBalancerNotFoundException) {
        return List.of();
      }
      throw e;
    }
  }

  private Optional<List<Rule>> rules(String listener, Deadline deadline)
      throws ScrapeException, InterruptedException {
    try {
      return Optional.of(
          Pages.all(
                  RULES,
                  deadline,
                  marker ->
                      counted(
                          () ->
                              client.describeRules(
                                  ask -> ask.listenerArn(listener).pageSize(PAGE).marker(marker))),
                  page -> page.rules(),
                  page -> page.nextMarker())
              .stream()
              .map(ElbRecords::rule)
              .toList());
    } catch (ScrapeException e) {
      if (e.getCause() instanceof ListenerNotFoundException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The account's limits by name; one whose most is no number is not among them. */
  Map<String, Integer> limits(Deadline deadline) throws ScrapeException, InterruptedException {
    Map<String, Integer> limits = new HashMap<>();
    for (Limit limit :
        Pages.all(
            LIMITS,
            deadline,
            marker ->
                counted(
                    () -> client.describeAccountLimits(ask -> ask.pageSize(PAGE).marker(marker))),
            page -> page.limits(),
            page -> page.nextMarker())) {
      Integer most = ElbRecords.number(limit.max());
      if (limit.name() != null && most != null) {
        limits.put(limit.name(), most);
      }
    }
    return limits;
  }

  /** The tags of at most {@link #TAGS_AT_ONCE} ARNs; empty if one of them is gone. */
  Optional<Map<String, Map<String, String>>> tags(List<String> arns)
      throws ScrapeException, InterruptedException {
    List<TagDescription> answer;
    try {
      answer =
          AwsPlace.call(
              TAGS,
              () ->
                  counted(() -> client.describeTags(ask -> ask.resourceArns(arns)))
                      .tagDescriptions());
    } catch (ScrapeException e) {
      if (e.getCause() instanceof RuleNotFoundException
          || e.getCause() instanceof TargetGroupNotFoundException) {
        return Optional.empty();
      }
      throw e;
    }
    Map<String, Map<String, String>> tags = new HashMap<>();
    for (TagDescription each : answer) {
      Map<String, String> pairs = new HashMap<>();
      for (Tag tag : each.tags()) {
        pairs.put(tag.key(), tag.value() == null ? "" : tag.value());
      }
      tags.put(each.resourceArn(), Map.copyOf(pairs));
    }
    return Optional.of(tags);
  }

  /** How the targets of a group are; empty if the group is gone. */
  Optional<List<TargetHealth>> targetHealth(String targetGroup)
      throws ScrapeException, InterruptedException {
    try {
      return Optional.of(
          AwsPlace.call(
              HEALTH,
              () ->
                  counted(() -> client.describeTargetHealth(ask -> ask.targetGroupArn(targetGroup)))
                      .targetHealthDescriptions()
                      .stream()
                      .map(each -> ElbRecords.targetHealth(each.targetHealth()))
                      .toList()));
    } catch (ScrapeException e) {
      if (e.getCause() instanceof TargetGroupNotFoundException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private <T extends @Nullable Object> T counted(Supplier<T> call) {
    budget.spend();
    return call.get();
  }
}
