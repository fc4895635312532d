package dev.yagura.aurorapostgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.ParsedExposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A login keeps a serverless instance awake, and awake it is paid for. */
@Timeout(120)
class PausingInstancesTest {
  private static void estate(Cloud cloud) {
    cloud.rds().addCluster("naps").serverless(0, 8, 300);
    cloud.instance("naps", "naps-1").instanceClass("db.serverless");
    cloud.instance("naps", "provisioned-1");
    cloud.rds().addCluster("awake").serverless(0.5, 8);
    cloud.instance("awake", "awake-1").instanceClass("db.serverless");
  }

  @Test
  void anInstanceThatMayPauseIsListedButNotWatchedUnlessTheEntrySaysHow() {
    try (Cloud cloud = Cloud.of("discovery: [{user: yagura}]")) {
      estate(cloud);
      cloud.look();
      assertThat(cloud.targets()).containsExactly(Cloud.PLACE, "awake-1", "provisioned-1");
      assertThat(cloud.list().body())
          .contains("\"__meta_aurora_instance\":\"naps-1\"")
          .contains("\"__meta_aurora_target\":\"awake-1\"")
          .doesNotContain("\"__meta_aurora_target\":\"naps-1\"");
    }
  }

  @Test
  void whetherAnInstanceIsWatchedIsShown() {
    try (Cloud cloud = Cloud.of("discovery: [{user: yagura}]")) {
      estate(cloud);
      cloud.look();
      ParsedExposition scrape = cloud.scrape();
      assertThat(scrape.value("aws_rds_instance_watched", "db_instance", "naps-1")).hasValue(0);
      assertThat(scrape.value("aws_rds_instance_watched", "db_instance", "awake-1")).hasValue(1);
    }
  }

  @Test
  void anEntryThatMatchesNothingIsNotedOnceAwsHasAnswered() {
    try (Cloud cloud =
        Cloud.of("discovery: [{user: yagura, name: \"awake-*\"}, {user: y, tags: {tema: sre}}]")) {
      estate(cloud);
      assertThat(cloud.exporter().notes()).isEmpty();
      cloud.look();
      assertThat(cloud.exporter().notes().toString())
          .contains("discovery[1]")
          .doesNotContain("discovery[0]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void whoSaysPauseSafeHasDecidedToWatchItEitherWay(String decided) {
    try (Cloud cloud = Cloud.of("discovery: [{user: yagura, pause_safe: " + decided + "}]")) {
      estate(cloud);
      cloud.look();
      assertThat(cloud.targets())
          .containsExactly(Cloud.PLACE, "awake-1", "naps-1", "provisioned-1");
    }
  }

  @Test
  void whatAnEntryExcludesByTheInstancesOrTheClustersNameItDoesNotWatch() {
    try (Cloud cloud = Cloud.of("discovery: [{user: yagura, exclude: [\"*-2\", \"other*\"]}]")) {
      cloud.instance("shop", "shop-1");
      cloud.instance("shop", "shop-2");
      cloud.instance("other", "theirs-1");
      cloud.look();
      assertThat(cloud.targets()).containsExactly(Cloud.PLACE, "shop-1");
    }
  }

  @Test
  void whatOneEntryExcludesTheNextMayWatch() {
    try (Cloud cloud =
        Cloud.of(
            "discovery: [{user: yagura, exclude: [\"naps-*\"]},"
                + " {user: yagura, name: \"naps-*\", pause_safe: true}]")) {
      estate(cloud);
      cloud.look();
      assertThat(cloud.targets()).contains("naps-1");
    }
  }
}
