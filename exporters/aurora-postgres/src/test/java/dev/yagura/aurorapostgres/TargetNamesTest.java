package dev.yagura.aurorapostgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.aws.AccountDouble;
import dev.yagura.testing.aws.DbInstance;
import dev.yagura.testing.aws.Fault;
import dev.yagura.testing.aws.RdsDouble;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a target is called is decided by the configuration, whatever AWS answers. */
@Timeout(120)
class TargetNamesTest {
  private static final String ALL = "discovery: [{user: yagura, auth: iam}]";
  private static final String OTHER = "210987654321";

  private static Cloud twoAccounts() {
    return Cloud.of(
        ALL,
        Cloud.account("prod"),
        Cloud.account("stage", "arn:aws:iam::" + OTHER + ":role/yagura"));
  }

  private static DbInstance inOther(Cloud cloud, String id) {
    AccountDouble other = cloud.aws.account(OTHER, "AKIAOTHER");
    other.role("yagura");
    RdsDouble rds = other.rds(Cloud.REGION);
    rds.addCluster("shop");
    return rds.addInstance("shop", id).endpoint("127.0.0.1", Cloud.NOBODY);
  }

  @Test
  void withSeveralPlacesAccountAndRegionStandBeforeEveryName() {
    try (Cloud cloud = twoAccounts()) {
      inOther(cloud, "shop-2");
      cloud.instance("shop", "shop-1");
      cloud.look();
      assertThat(cloud.targets())
          .containsExactly(
              "prod/eu-central-1",
              "stage/eu-central-1",
              "prod/eu-central-1/shop-1",
              "stage/eu-central-1/shop-2");
    }
  }

  @Test
  void aTargetKeepsItsNameWhateverHappensInAnotherAccount() {
    try (Cloud cloud = twoAccounts()) {
      DbInstance twin = inOther(cloud, "shop-1");
      cloud.instance("shop", "shop-1");
      cloud.look();
      List<String> day = cloud.targets();
      twin.status("stopped");
      cloud.lookLater();
      assertThat(day).contains("prod/eu-central-1/shop-1", "stage/eu-central-1/shop-1");
      assertThat(cloud.targets()).contains("prod/eu-central-1/shop-1");
    }
  }

  @Test
  void aBareNameIsNotThatOfWhoeverAnswersFirst() {
    try (Cloud cloud = twoAccounts()) {
      inOther(cloud, "shop-1");
      cloud.instance("shop", "shop-1");
      cloud.aws.fail(
          Fault.throttled(), call -> !call.account().equals(OTHER) && call.service().equals("rds"));
      cloud.look();
      assertThat(cloud.targets())
          .containsExactly("prod/eu-central-1", "stage/eu-central-1", "stage/eu-central-1/shop-1");
    }
  }

  @Test
  void everySampleOfATargetTellsItsAccountAndRegion() {
    try (Cloud cloud = Cloud.of(ALL)) {
      cloud.instance("shop", "shop-1");
      cloud.look();
      assertThat(
              cloud
                  .scrape()
                  .value(
                      "pg_up",
                      "target",
                      "shop-1",
                      "cluster",
                      "shop",
                      "account",
                      "default",
                      "region",
                      Cloud.REGION))
          .hasValue(0);
    }
  }
}
