package dev.yagura.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.cloudwatch.sets.CuratedSets;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.Goldens;
import dev.yagura.testing.Promtool;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every curated metric, as it is shown after an hour. */
class ExpositionIT {
  private static final Map<String, Map<String, String>> DIMENSIONS =
      Map.of(
          "DBInstanceIdentifier", Map.of("DBInstanceIdentifier", "shop-1"),
          "DBClusterIdentifier", Map.of("DBClusterIdentifier", "shop"),
          "DistributionId", Map.of("DistributionId", "E1EXAMPLE", "Region", "Global"),
          "ServiceName", Map.of("ClusterName", "main", "ServiceName", "web"),
          "QueueName", Map.of("QueueName", "orders"),
          "TargetGroup", Map.of("LoadBalancer", "app/web/50dc", "TargetGroup", "targetgroup/web/7"),
          "LoadBalancer", Map.of("LoadBalancer", "app/web/50dc"));

  private static String hour() throws Exception {
    try (World world = World.of()) {
      publish(world, world.clock.instant());
      world.start();
      world.pass(Duration.ofHours(1), minute -> publish(world, minute));
      return world.text();
    }
  }

  /** Every metric of every set, with a value of its own. */
  private static void publish(World world, Instant minute) {
    var value = new int[] {10};
    CuratedSets.ALL.forEach(
        set ->
            set.kinds()
                .forEach(
                    kind -> {
                      Map<String, String> dimensions =
                          DIMENSIONS.values().stream()
                              .filter(each -> each.keySet().equals(kind.dimensions().keySet()))
                              .findFirst()
                              .orElseThrow();
                      kind.metrics().stream()
                          .map(metric -> metric.metric())
                          .distinct()
                          .forEach(
                              metric ->
                                  world
                                      .cloudWatch(set.region().orElse(World.REGION))
                                      .publish(
                                          set.namespace(), metric, dimensions, minute, value[0]++));
                    }));
  }

  @Test
  void everyMetricIsShownAsItWasBefore() throws Exception {
    String text = hour();
    String normal =
        Expositions.normalise(
            text,
            sample ->
                sample.name().startsWith("yagura_scrape_duration")
                    || sample.name().contains("_age_seconds"));

    assertThat(Expositions.parse(text).families())
        .containsAll(
            Declared.families("aws_").stream()
                .map(family -> family.name())
                .filter(name -> !name.endsWith("_tags_info"))
                .toList());
    Goldens.in(ExpositionIT.class).assertMatches("cloudwatch", normal);
  }

  @Test
  void promtoolHasNothingToSay() throws Exception {
    Promtool.assumePresent();

    assertThat(Promtool.complaints(hour())).isEmpty();
  }
}
