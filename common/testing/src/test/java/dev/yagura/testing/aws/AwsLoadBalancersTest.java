package dev.yagura.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.testing.LeakCheck;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Limit;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

class AwsLoadBalancersTest {
  private static final String UNHEARD =
      "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/unheard/1";

  @RegisterExtension final LeakCheck leaks = LeakCheck.allowing(Bed.KEEP_ALIVE);

  private final Bed bed = new Bed();
  private final ElbDouble model = bed.aws.account().elb(Bed.REGION);
  private final ElasticLoadBalancingV2Client client =
      bed.client(ElasticLoadBalancingV2Client.builder());

  @AfterEach
  void close() {
    bed.close();
  }

  private TargetGroup group(TargetGroupDouble group) {
    return client.describeTargetGroups(r -> r.targetGroupArns(group.arn())).targetGroups().get(0);
  }

  private List<Rule> rules(ListenerDouble listener) {
    return client.describeRules(r -> r.listenerArn(listener.arn())).rules();
  }

  @Test
  void loadBalancersAreFoundByNameOrArnAndComeInPages() {
    LoadBalancerDouble one = model.loadBalancer("one");
    one.fields().set("State.Code", "active_impaired");
    IntStream.range(0, 4).forEach(i -> model.loadBalancer("more" + i));
    LoadBalancer read = client.describeLoadBalancers(r -> r.names("one")).loadBalancers().get(0);
    assertThat(read.loadBalancerArn()).isEqualTo(one.arn()).contains(":loadbalancer/app/one/");
    assertThat(read.state().codeAsString()).isEqualTo("active_impaired");
    assertThat(read.typeAsString()).isEqualTo("application");
    assertThat(read.createdTime()).isEqualTo(Bed.NOON);
    assertThat(client.describeLoadBalancers(r -> r.loadBalancerArns(one.arn())).loadBalancers())
        .containsExactly(read);
    DescribeLoadBalancersResponse first = client.describeLoadBalancers(r -> r.pageSize(2));
    assertThat(first.loadBalancers()).hasSize(2);
    assertThat(client.describeLoadBalancersPaginator(r -> r.pageSize(2)).loadBalancers())
        .hasSize(5);
    assertThatThrownBy(() -> client.describeLoadBalancers(r -> r.pageSize(401)))
        .isInstanceOf(AwsServiceException.class);
    one.delete();
    assertThatThrownBy(() -> client.describeLoadBalancers(r -> r.names("one")))
        .isInstanceOf(LoadBalancerNotFoundException.class);
    assertThatThrownBy(() -> client.describeListeners(r -> r.loadBalancerArn(one.arn())))
        .isInstanceOf(LoadBalancerNotFoundException.class);
  }

  @Test
  void aListenerHasTheActionOfItsDefaultRule() {
    LoadBalancerDouble balancer = model.loadBalancer("shop");
    ListenerDouble listener = balancer.listener(443, "HTTPS");
    assertThat(balancer.listener(443, "HTTPS")).isSameAs(listener);
    listener.defaultRule().redirect("www.example.org");
    Listener read =
        client.describeListeners(r -> r.loadBalancerArn(balancer.arn())).listeners().get(0);
    assertThat(read.port()).isEqualTo(443);
    assertThat(read.protocolAsString()).isEqualTo("HTTPS");
    assertThat(read.defaultActions().get(0).redirectConfig().host()).isEqualTo("www.example.org");
    Rule otherwise = rules(listener).get(0);
    assertThat(otherwise.priority()).isEqualTo("default");
    assertThat(otherwise.isDefault()).isTrue();
    assertThat(otherwise.actions()).isEqualTo(read.defaultActions());
    assertThat(client.describeListeners(r -> r.listenerArns(listener.arn())).listeners())
        .containsExactly(read);
    assertThatThrownBy(() -> client.describeRules(r -> r.listenerArn(UNHEARD)))
        .isInstanceOf(ListenerNotFoundException.class);
  }

  @Test
  void aRuleForwardsItsHostsToATargetGroup() {
    TargetGroupDouble group = model.targetGroup("web");
    ListenerDouble listener = model.loadBalancer("shop").listener(443, "HTTPS");
    listener.rule(20, group.arn(), "b.example.org");
    RuleDouble first = listener.rule(3, group.arn(), "a.example.org", "*.a.example.org");
    List<Rule> read = rules(listener);
    assertThat(read).extracting(Rule::priority).containsExactly("3", "20", "default");
    RuleCondition condition = read.get(0).conditions().get(0);
    assertThat(condition.field()).isEqualTo("host-header");
    assertThat(condition.values()).containsExactly("a.example.org", "*.a.example.org");
    assertThat(condition.hostHeaderConfig().values()).isEqualTo(condition.values());
    Action action = read.get(0).actions().get(0);
    assertThat(action.typeAsString()).isEqualTo("forward");
    assertThat(action.targetGroupArn()).isEqualTo(group.arn());
    assertThat(action.forwardConfig().targetGroups())
        .containsExactly(TargetGroupTuple.builder().targetGroupArn(group.arn()).weight(1).build());
    assertThat(client.describeRules(r -> r.ruleArns(first.arn())).rules())
        .containsExactly(read.get(0));
    first.delete();
    assertThat(rules(listener)).hasSize(2);
    assertThatThrownBy(() -> client.describeRules(r -> r.ruleArns(first.arn())))
        .isInstanceOf(RuleNotFoundException.class);
  }

  @Test
  void whoUsesATargetGroupFollowsFromTheRules() {
    LoadBalancerDouble balancer = model.loadBalancer("shop");
    TargetGroupDouble old = model.targetGroup("old");
    TargetGroupDouble next = model.targetGroup("next");
    assertThat(group(old).loadBalancerArns()).isEmpty();
    RuleDouble rule = balancer.listener(443, "HTTPS").rule(1, old.arn(), "a.example.org");
    assertThat(group(old).loadBalancerArns()).containsExactly(balancer.arn());
    assertThat(group(next).loadBalancerArns()).isEmpty();
    rule.forward(Map.of(old.arn(), 90, next.arn(), 10));
    assertThat(rules(balancer.listener(443, "HTTPS")).get(0).actions().get(0).forwardConfig())
        .satisfies(
            forward ->
                assertThat(forward.targetGroups())
                    .extracting(TargetGroupTuple::weight)
                    .containsExactlyInAnyOrder(90, 10));
    assertThat(client.describeTargetGroups(r -> r.loadBalancerArn(balancer.arn())).targetGroups())
        .hasSize(2);
    rule.redirect("b.example.org");
    assertThat(group(old).loadBalancerArns()).isEmpty();
    next.delete();
    assertThatThrownBy(() -> client.describeTargetGroups(r -> r.names("next")))
        .isInstanceOf(TargetGroupNotFoundException.class);
  }

  @Test
  void aTargetHasAStateAndAReason() {
    TargetGroupDouble group =
        model
            .targetGroup("web")
            .target("10.0.0.1", 8080, "healthy", null)
            .target("10.0.0.2", 8080, "unhealthy", "Target.ResponseCodeMismatch");
    List<TargetHealthDescription> read =
        client.describeTargetHealth(r -> r.targetGroupArn(group.arn())).targetHealthDescriptions();
    assertThat(read).hasSize(2);
    assertThat(read.get(0).target().id()).isEqualTo("10.0.0.1");
    assertThat(read.get(0).target().port()).isEqualTo(8080);
    assertThat(read.get(0).targetHealth().reasonAsString()).isNull();
    assertThat(read.get(1).targetHealth().stateAsString()).isEqualTo("unhealthy");
    assertThat(read.get(1).targetHealth().reasonAsString())
        .isEqualTo("Target.ResponseCodeMismatch");
    assertThat(
            client
                .describeTargetHealth(
                    r ->
                        r.targetGroupArn(group.arn())
                            .targets(TargetDescription.builder().id("10.0.0.2").build()))
                .targetHealthDescriptions())
        .containsExactly(read.get(1));
    group
        .target("10.0.0.1", 8080, "draining", "Target.DeregistrationInProgress")
        .remove("10.0.0.2");
    assertThat(
            client
                .describeTargetHealth(r -> r.targetGroupArn(group.arn()))
                .targetHealthDescriptions())
        .singleElement()
        .satisfies(each -> assertThat(each.targetHealth().stateAsString()).isEqualTo("draining"));
    assertThatThrownBy(() -> client.describeTargetHealth(r -> r.targetGroupArn(UNHEARD)))
        .isInstanceOf(TargetGroupNotFoundException.class);
  }

  @Test
  void tagsAreDescribedOfAtMostTwentyResources() {
    TargetGroupDouble group = model.targetGroup("web");
    String rule =
        model.loadBalancer("shop").listener(80, "HTTP").rule(1, group.arn(), "a.example.org").arn();
    model.tag(group.arn(), Map.of("branch", "main"));
    model.tag(rule, Map.of("branch", "feature"));
    List<TagDescription> read =
        client
            .describeTags(r -> r.resourceArns(group.arn(), rule, model.loadBalancer("shop").arn()))
            .tagDescriptions();
    assertThat(read).extracting(TagDescription::resourceArn).startsWith(group.arn(), rule);
    assertThat(read.get(1).tags().get(0).value()).isEqualTo("feature");
    assertThat(read.get(2).tags()).isEmpty();
    assertThatThrownBy(() -> client.describeTags(r -> r.resourceArns(UNHEARD)))
        .isInstanceOf(TargetGroupNotFoundException.class);
    List<String> many = IntStream.range(0, 21).mapToObj(i -> group.arn()).toList();
    assertThatThrownBy(() -> client.describeTags(r -> r.resourceArns(many)))
        .isInstanceOf(AwsServiceException.class);
  }

  @Test
  void theLimitsAreThoseOfANewAccountUnlessTheyAreSet() {
    model.limit("rules-per-application-load-balancer", 200);
    assertThat(client.describeAccountLimits().limits())
        .contains(
            Limit.builder().name("rules-per-application-load-balancer").max("200").build(),
            Limit.builder().name("target-groups-per-application-load-balancer").max("100").build(),
            Limit.builder().name("target-groups").max("3000").build());
  }
}
