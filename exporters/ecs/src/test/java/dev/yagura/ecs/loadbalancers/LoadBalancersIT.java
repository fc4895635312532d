package dev.yagura.ecs.loadbalancers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.aws.pace.Pacer;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.testing.Promtool;
import dev.yagura.testing.aws.AwsCall;
import dev.yagura.testing.aws.Fault;
import dev.yagura.testing.aws.ListenerDouble;
import dev.yagura.testing.aws.LoadBalancerDouble;
import dev.yagura.testing.aws.TargetGroupDouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Load balancers as the SDK reads them, and with how many calls. */
class LoadBalancersIT {
  private static final Duration REFRESH = LoadBalancerReaders.INTERVAL;

  private static TargetGroupDouble group(LoadBalancerWorld world, int number) {
    return world
        .elb()
        .targetGroup("t%03d".formatted(number))
        .target("10.0.0." + number % 250, 8080, "healthy", null);
  }

  /** A load balancer with a rule for each of so many target groups. */
  private static ListenerDouble routes(LoadBalancerWorld world, int groups) {
    ListenerDouble listener = world.elb().loadBalancer("web").listener(443, "HTTPS");
    for (int i = 0; i < groups; i++) {
      listener.rule(i + 1, group(world, i).arn(), "h" + i + ".example.com");
    }
    return listener;
  }

  private static String dimension(LoadBalancerDouble loadBalancer) {
    return loadBalancer.arn().replaceFirst(".*:loadbalancer/", "");
  }

  /** Groups that show a health, and when it was read. */
  private static Map<String, Instant> read(LoadBalancerWorld world) {
    Map<String, Instant> read = new TreeMap<>();
    world
        .scrape()
        .samples("elb_target_group_health_timestamp_seconds")
        .forEach(
            sample ->
                read.put(
                    sample.label("target_group"),
                    Instant.ofEpochMilli((long) (sample.value() * 1000))));
    return read;
  }

  private static int mostCallsWithin(LoadBalancerWorld world, Duration window) {
    List<AwsCall> calls = new ArrayList<>(world.aws.calls());
    int most = 0;
    for (int from = 0, to = 0; to < calls.size(); to++) {
      while (!calls.get(to).at().minus(window).isBefore(calls.get(from).at())) {
        from++;
      }
      most = Math.max(most, to - from + 1);
    }
    return most;
  }

  @Test
  void oneRefreshTellsEverythingOfASmallPlace() {
    try (var world = LoadBalancerWorld.of()) {
      ListenerDouble listener = routes(world, 2);
      listener.rule(7, group(world, 0).arn(), "H0.Example.com.");
      group(world, 0).target("10.0.1.1", 8080, "draining", "Target.DeregistrationInProgress");
      world.elb().limit("rules-per-application-load-balancer", 150);
      world.pass(Duration.ofSeconds(20));

      var shown = world.scrape();
      String web = dimension(world.elb().loadBalancer("web"));
      assertThat(shown.value("elb_load_balancer_info", "load_balancer", web, "state", "active"))
          .hasValue(1);
      assertThat(shown.value("elb_load_balancer_listeners", "load_balancer", web)).hasValue(1);
      assertThat(shown.value("elb_load_balancer_rules", "load_balancer", web)).hasValue(3);
      assertThat(shown.value("elb_load_balancer_rules_limit", "load_balancer", web)).hasValue(150);
      assertThat(shown.value("elb_load_balancer_target_groups", "load_balancer", web)).hasValue(2);
      assertThat(shown.value("elb_load_balancer_targets", "load_balancer", web)).hasValue(3);
      assertThat(shown.value("elb_load_balancers")).hasValue(1);
      assertThat(shown.value("elb_load_balancers_limit")).hasValue(50);
      assertThat(shown.value("elb_listener_shadowed_rules", "listener", "https:443")).hasValue(1);
      assertThat(shown.value("elb_listener_next_free_priority")).hasValue(8);
      assertThat(
              shown.value(
                  "elb_target_group_targets",
                  "target_group",
                  group(world, 0).arn().replaceFirst(".*:", ""),
                  "load_balancer",
                  web,
                  "state",
                  "draining",
                  "reason",
                  "deregistration_in_progress"))
          .hasValue(1);
    }
  }

  @Test
  void twoHundredAndFiftyGroupsAreReadInTurnOnATenthOfTheBucket() {
    try (var world = LoadBalancerWorld.of()) {
      routes(world, 250);
      world.pass(REFRESH);
      assertThat(read(world)).hasSizeBetween(80, 110);
      world.pass(REFRESH.multipliedBy(2));
      assertThat(read(world)).as("each was read once").hasSize(250);
      world.aws.clearCalls();
      world.pass(REFRESH.multipliedBy(6));

      assertThat(read(world)).hasSize(250);
      assertThat(read(world).values())
          .as("none is older than three refreshes")
          .allMatch(at -> at.isAfter(world.clock.instant().minus(REFRESH.multipliedBy(4))));
      assertThat(mostCallsWithin(world, Duration.ofSeconds(1))).isLessThanOrEqualTo(5);
      assertThat(mostCallsWithin(world, REFRESH)).isLessThanOrEqualTo(124);
      assertThat(world.aws.count("DescribeLoadBalancers")).isBetween(5, 7);
      assertThat(world.aws.count("DescribeAccountLimits")).isZero();
    }
  }

  @Test
  void manyLoadBalancersAreReadInTurnAndLeaveCallsForHealth() {
    try (var world = LoadBalancerWorld.of()) {
      for (int i = 0; i < 80; i++) {
        world.elb().loadBalancer("lb" + i).listener(443, "HTTPS").rule(1, group(world, i).arn());
      }
      world.pass(REFRESH);
      assertThat(world.scrape().samples("elb_load_balancer_info")).hasSize(80);
      assertThat(world.scrape().samples("elb_load_balancer_rules")).hasSizeBetween(20, 40);
      assertThat(read(world)).hasSizeGreaterThan(30);
      world.pass(REFRESH.multipliedBy(3));

      assertThat(world.scrape().samples("elb_load_balancer_rules")).hasSize(80);
      assertThat(read(world)).hasSize(80);
      assertThat(world.message(LoadBalancersScraper.NAME)).isEmpty();
    }
  }

  /** Load balancers with listeners, each of which has rules to all groups of its load balancer. */
  private static void estate(
      LoadBalancerWorld world, int loadBalancers, int listeners, int groupsOfOne) {
    for (int i = 0; i < loadBalancers * groupsOfOne; i++) {
      LoadBalancerDouble one = world.elb().loadBalancer("lb%03d".formatted(i / groupsOfOne));
      for (int port = 443; port < 443 + listeners; port++) {
        one.listener(port, "HTTPS").rule(i % groupsOfOne + 1, group(world, i).arn(), "h" + i);
      }
    }
  }

  @Test
  void aThousandGroupsWithTagsAndManyListenersAreKnownAllTheTime() {
    try (var world = LoadBalancerWorld.withTags()) {
      estate(world, 10, 2, 100);
      world.pass(Duration.ofHours(1));
      assertThat(world.aws.count("DescribeTags")).isGreaterThan(200);
      for (int i = 0; i < 12; i++) {
        world.pass(REFRESH);
        assertThat(read(world).size()).isEqualTo(1000);
      }
      Instant hourAgo = world.clock.instant().minus(Duration.ofHours(1));
      assertThat(read(world).values()).allMatch(at -> at.isAfter(hourAgo));
    }
  }

  @Test
  void rulesOfVeryManyLoadBalancersAreKnownAllTheTime() {
    try (var world = LoadBalancerWorld.of()) {
      estate(world, 150, 2, 1);
      world.pass(REFRESH.multipliedBy(10));
      for (int i = 0; i < 20; i++) {
        world.pass(REFRESH);
        assertThat(world.scrape().samples("elb_load_balancer_rules")).hasSize(150);
      }
    }
  }

  @Test
  void aRefreshThatRunsOutOfTimeKeepsWhatItRead() throws Exception {
    try (var world = LoadBalancerWorld.of()) {
      for (int i = 0; i < 80; i++) {
        world.elb().loadBalancer("lb" + i).listener(443, "HTTPS").rule(1, group(world, i).arn());
      }
      Duration patience = Pacer.LONGEST_WAIT.plusSeconds(20);
      var first = Deadline.after(patience, world.clock);
      var unused = world.readers().loadBalancers().scrape(first);
      assertThat(first.remaining()).isBetween(Pacer.LONGEST_WAIT.minusSeconds(2), patience);
      LoadBalancing view = world.readers().latest().view().orElseThrow();
      assertThat(view.listeners()).hasSizeBetween(5, 15);

      var second = Deadline.after(patience, world.clock);
      unused = world.readers().targetHealth().scrape(second);
      assertThat(second.remaining()).isBetween(Pacer.LONGEST_WAIT.minusSeconds(2), patience);
      assertThat(world.readers().latest().view().orElseThrow().health()).hasSizeBetween(10, 25);
    }
  }

  @Test
  void oneGroupThatCannotBeReadIsNotInTheWayOfTheOthers() {
    try (var world = LoadBalancerWorld.of()) {
      routes(world, 6);
      int[] asked = {0};
      world.aws.fail(
          Fault.error(500, "HealthUnavailable", "try again"),
          call -> call.operation().equals("DescribeTargetHealth") && asked[0]++ == 0);
      world.pass(REFRESH);

      Map<String, Instant> read = read(world);
      String refused = group(world, 0).arn().replaceFirst(".*:", "");
      assertThat(read).hasSize(6);
      assertThat(read.entrySet())
          .filteredOn(entry -> !entry.getKey().equals(refused))
          .allMatch(entry -> entry.getValue().isBefore(read.get(refused)));
      assertThat(world.message(TargetHealthScraper.NAME)).isEmpty();
    }
  }

  @Test
  void whereHealthIsDeniedTheRestIsShown() {
    try (var world = LoadBalancerWorld.of()) {
      routes(world, 3);
      world.aws.fail(Fault.denied(), call -> call.operation().equals("DescribeTargetHealth"));
      world.pass(REFRESH);

      assertThat(world.scrape().value("elb_load_balancer_rules")).hasValue(3);
      assertThat(world.scrape().samples("elb_target_group_targets")).isEmpty();
      assertThat(world.scrape().samples("elb_load_balancer_targets")).isEmpty();
      assertThat(world.message(LoadBalancersScraper.NAME)).isEmpty();
      assertThat(world.message(TargetHealthScraper.NAME))
          .contains("its policy must allow elasticloadbalancing:DescribeTargetHealth");
    }
  }

  @Test
  void whatWasReadBeforeItWasThrottledIsShown() {
    try (var world = LoadBalancerWorld.of()) {
      routes(world, 5);
      TargetGroupDouble third = group(world, 2);
      world.pass(Duration.ofSeconds(20));
      Map<String, Instant> before = read(world);
      int[] asked = {0};
      world.aws.fail(
          Fault.throttled(),
          call -> call.operation().equals("DescribeTargetHealth") && ++asked[0] > 2);
      third.target("10.9.9.9", 8080, "unhealthy", "Target.Timeout");
      world.pass(REFRESH);

      Map<String, Instant> after = read(world);
      assertThat(after).hasSize(5);
      assertThat(after.entrySet())
          .filteredOn(entry -> entry.getValue().isAfter(before.get(entry.getKey())))
          .hasSize(2);
      assertThat(world.message(TargetHealthScraper.NAME)).contains("throttled");
      assertThat(world.scrape().value("elb_target_group_targets", "reason", "timeout"))
          .as("of the third, which was not asked again")
          .isEmpty();
      world.aws.heal();
      world.pass(REFRESH.multipliedBy(2));
      assertThat(world.scrape().value("elb_target_group_targets", "reason", "timeout")).hasValue(1);
      assertThat(world.message(TargetHealthScraper.NAME)).isEmpty();
    }
  }

  @Test
  void anHourOfThrottlingLeavesNothingThatIsTooOld() {
    try (var world = LoadBalancerWorld.of()) {
      routes(world, 5);
      world.pass(REFRESH);
      world.aws.fail(Fault.throttled());
      world.aws.clearCalls();
      world.pass(Duration.ofHours(1));

      assertThat(read(world)).isEmpty();
      assertThat(world.scrape().samples("elb_load_balancer_rules")).isEmpty();
      assertThat(world.aws.calls()).hasSizeLessThan(120);
      world.aws.heal();
      world.pass(REFRESH.multipliedBy(4));
      assertThat(read(world)).hasSize(5);
      assertThat(world.scrape().value("elb_load_balancer_rules")).hasValue(5);
    }
  }

  @Test
  void throttledInTheMiddleOfTheRulesItKeepsWhatItShowed() {
    try (var world = LoadBalancerWorld.of()) {
      routes(world, 2);
      world.pass(REFRESH);
      world.aws.fail(Fault.throttled(), call -> call.operation().equals("DescribeRules"));
      world.pass(REFRESH);

      assertThat(world.scrape().value("elb_load_balancer_rules")).hasValue(2);
      assertThat(world.message(LoadBalancersScraper.NAME)).contains("throttled");
    }
  }

  private static void fiveLoadBalancers(LoadBalancerWorld world) {
    for (int i = 0; i < 5; i++) {
      world.elb().loadBalancer("lb" + i).listener(443, "HTTPS").rule(1, group(world, i).arn(), "x");
    }
  }

  /** The second of five load balancers, which are asked in turn, can no longer be read. */
  private static void failTheSecond(LoadBalancerWorld world) {
    int[] asked = {0};
    world.aws.fail(
        Fault.error(500, "InternalFailure", "try again"),
        call -> call.operation().equals("DescribeListeners") && ++asked[0] % 5 == 2);
  }

  @Test
  void withoutTheLimitsEverythingElseIsShown() {
    try (var world = LoadBalancerWorld.of()) {
      routes(world, 2);
      world.aws.fail(Fault.denied(), call -> call.operation().equals("DescribeAccountLimits"));
      world.pass(REFRESH.multipliedBy(5));

      assertThat(world.scrape().value("elb_load_balancer_rules")).hasValue(2);
      assertThat(world.scrape().value("elb_target_groups")).hasValue(2);
      assertThat(world.scrape().samples("elb_target_groups_limit")).isEmpty();
      assertThat(read(world)).hasSize(2);
      assertThat(world.scrape().value("yagura_scrape_success", "scraper", "load_balancers"))
          .hasValue(0);
      assertThat(world.message(LoadBalancersScraper.NAME))
          .contains("its policy must allow elasticloadbalancing:DescribeAccountLimits");
    }
  }

  @Test
  void limitsThatCannotBeReadAgainStayAsTheyWereKnown() {
    try (var world = LoadBalancerWorld.of()) {
      routes(world, 2);
      world.pass(REFRESH);
      world.aws.fail(Fault.denied(), call -> call.operation().equals("DescribeAccountLimits"));
      world.pass(Duration.ofMinutes(90));

      assertThat(world.scrape().value("elb_load_balancer_rules")).hasValue(2);
      assertThat(world.scrape().value("elb_load_balancers_limit")).hasValue(50);
      assertThat(read(world)).hasSize(2);
    }
  }

  @Test
  void rulesOfOneLoadBalancerThatCannotBeReadLeaveThoseOfTheOthers() {
    try (var world = LoadBalancerWorld.of()) {
      fiveLoadBalancers(world);
      failTheSecond(world);
      world.pass(REFRESH);

      assertThat(world.scrape().samples("elb_load_balancer_info")).hasSize(5);
      assertThat(world.scrape().samples("elb_load_balancer_rules")).hasSize(4);
      assertThat(read(world)).hasSize(5);
      assertThat(world.message(LoadBalancersScraper.NAME)).contains("DescribeListeners");
    }
  }

  @Test
  void rulesThatCannotBeReadAnyMoreAreAbsentWhenTheyAreTooOld() {
    try (var world = LoadBalancerWorld.of()) {
      fiveLoadBalancers(world);
      world.pass(Duration.ofSeconds(20));
      assertThat(world.scrape().samples("elb_load_balancer_rules")).hasSize(5);
      failTheSecond(world);
      world.pass(REFRESH.multipliedBy(2));
      assertThat(world.scrape().samples("elb_load_balancer_rules")).hasSize(5);
      world.pass(LoadBalancerReaders.MAX_AGE);

      assertThat(world.scrape().samples("elb_load_balancer_rules")).hasSize(4);
      assertThat(world.readers().latest().view().orElseThrow().withoutRules())
          .containsExactly(world.elb().loadBalancer("lb1").arn());
      assertThat(read(world)).hasSize(5);
    }
  }

  @Test
  void whereRulesAreDeniedOneLoadBalancerIsAskedAndNotAll() {
    try (var world = LoadBalancerWorld.of()) {
      fiveLoadBalancers(world);
      world.aws.fail(Fault.denied(), call -> call.operation().equals("DescribeListeners"));
      world.pass(Duration.ofSeconds(10));

      assertThat(world.aws.count("DescribeListeners")).isEqualTo(1);
      assertThat(world.scrape().samples("elb_load_balancer_info")).hasSize(5);
    }
  }

  @Test
  void whatIsDeletedIsGoneAndNoFailure() {
    try (var world = LoadBalancerWorld.of()) {
      routes(world, 3);
      world.elb().loadBalancer("old").listener(80, "HTTP").rule(1, group(world, 9).arn(), "x");
      world.pass(REFRESH);
      assertThat(read(world)).hasSize(4);
      world.aws.fail(
          Fault.error(400, "LoadBalancerNotFound", "gone"),
          call -> call.operation().equals("DescribeListeners"));
      world.aws.fail(
          Fault.error(400, "TargetGroupNotFound", "gone"),
          call -> call.operation().equals("DescribeTargetHealth"));
      world.pass(REFRESH);

      assertThat(world.message(LoadBalancersScraper.NAME)).isEmpty();
      assertThat(world.message(TargetHealthScraper.NAME)).isEmpty();
      assertThat(read(world)).isEmpty();
      assertThat(world.scrape().value("elb_load_balancer_rules", "load_balancer", "x")).isEmpty();
    }
  }

  @Test
  void aListenerThatIsDeletedBetweenTwoCallsIsGone() {
    try (var world = LoadBalancerWorld.of()) {
      routes(world, 1);
      world.aws.fail(
          Fault.error(400, "ListenerNotFound", "gone"),
          call -> call.operation().equals("DescribeRules"));
      world.pass(REFRESH);

      assertThat(world.scrape().value("elb_load_balancer_listeners")).hasValue(0);
      assertThat(world.message(LoadBalancersScraper.NAME)).isEmpty();
    }
  }

  @Test
  void networkLoadBalancersAndThoseOfOtherNamesAreNotWatched() {
    try (var world = LoadBalancerWorld.of("dev-*")) {
      for (String name : List.of("dev-web", "prod-web", "dev-tcp")) {
        world.elb().loadBalancer(name).listener(443, "HTTPS").rule(1, group(world, 1).arn(), "a");
      }
      world.elb().loadBalancer("dev-tcp").fields().set("Type", "network");
      world.pass(REFRESH);

      assertThat(world.scrape().samples("elb_load_balancer_info"))
          .extracting(sample -> sample.label("name"))
          .containsExactly("dev-web");
      assertThat(world.scrape().value("elb_load_balancers")).hasValue(2);
      assertThat(world.aws.count("DescribeListeners")).isEqualTo(1);
    }
  }

  @Test
  void limitsAreReadOnceAnHour() {
    try (var world = LoadBalancerWorld.of()) {
      routes(world, 1);
      world.pass(Duration.ofMinutes(59));
      assertThat(world.aws.count("DescribeAccountLimits")).isEqualTo(1);
      world.pass(Duration.ofMinutes(5));
      assertThat(world.aws.count("DescribeAccountLimits")).isEqualTo(2);
    }
  }

  @Test
  void promtoolHasNothingToSay() throws Exception {
    Promtool.assumePresent();
    try (var world = LoadBalancerWorld.of()) {
      routes(world, 2);
      world.pass(Duration.ofSeconds(20));

      assertThat(Promtool.complaints(world.text())).isEmpty();
    }
  }
}
