package dev.yagura.aurorapostgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.aws.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was discovered outlives a reload, as AWS may not answer just then. */
@Timeout(120)
class ReloadTest {
  private static final String ALL = "discovery: [{user: yagura, auth: iam}]";

  @Test
  void aReloadWhileAwsIsAwayKeepsWhatWasDiscoveredAndItsAge() {
    try (Cloud cloud = Cloud.of(ALL)) {
      cloud.instance("shop", "shop-1");
      cloud.look();
      cloud.aws.fail(Fault.internalError());
      cloud.clock.advance(Duration.ofMinutes(5));
      cloud.reload();
      assertThat(cloud.exporter().hasTarget("shop-1")).isTrue();
      cloud.look();
      assertThat(cloud.exporter().hasTarget("shop-1")).isTrue();
      assertThat(cloud.list().status()).isEqualTo(200);
      assertThat(
              cloud
                  .scrape()
                  .value(
                      "aws_rds_list_timestamp_seconds",
                      "account",
                      "default",
                      "region",
                      Cloud.REGION)
                  .orElseThrow())
          .isBetween(
              (double) Cloud.NOON.getEpochSecond(), (double) Cloud.NOON.getEpochSecond() + 30);
    }
  }

  @Test
  void afterAReloadTheNextAnswerCounts() {
    try (Cloud cloud = Cloud.of(ALL)) {
      cloud.instance("shop", "shop-1");
      cloud.look();
      cloud.rds().removeInstance("shop-1");
      cloud.instance("shop", "shop-2");
      cloud.reload();
      cloud.look();
      assertThat(cloud.targets()).containsExactly(Cloud.PLACE, "shop-2");
    }
  }

  @Test
  void theListForPrometheusWaitsForEveryPlaceAndNamesThoseThatAreMissing() {
    try (Cloud cloud =
        Cloud.of(
            ALL,
            Cloud.account("default"),
            Cloud.account("other", "arn:aws:iam::210987654321:role/none"))) {
      cloud.instance("shop", "shop-1");
      cloud.look();
      assertThat(cloud.list().status()).isEqualTo(503);
      assertThat(cloud.list().body())
          .contains("other/eu-central-1")
          .doesNotContain("default/eu-central-1");
    }
  }
}
