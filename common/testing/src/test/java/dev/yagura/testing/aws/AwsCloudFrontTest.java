package dev.yagura.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.yagura.testing.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.DistributionList;
import software.amazon.awssdk.services.cloudfront.model.DistributionSummary;
import software.amazon.awssdk.services.cloudfront.model.GetDistributionConfigResponse;
import software.amazon.awssdk.services.cloudfront.model.NoSuchDistributionException;
import software.amazon.awssdk.services.cloudfront.model.NoSuchMonitoringSubscriptionException;
import software.amazon.awssdk.services.cloudfront.model.Origin;

class AwsCloudFrontTest {
  @RegisterExtension final LeakCheck leaks = LeakCheck.allowing(Bed.KEEP_ALIVE);

  private final Bed bed = new Bed();
  private final CloudFrontDouble model = bed.aws.account().cloudFront();
  private final CloudFrontClient client = bed.client(CloudFrontClient.builder());

  @AfterEach
  void close() {
    bed.close();
  }

  private String subscription(String id) {
    return client
        .getMonitoringSubscription(r -> r.distributionId(id))
        .monitoringSubscription()
        .realtimeMetricsSubscriptionConfig()
        .realtimeMetricsSubscriptionStatusAsString();
  }

  @Test
  void aDistributionIsReadBackAsItWasMade() {
    model
        .addDistribution("E1")
        .aliases("www.example.org", "example.org")
        .origins(Map.of("shop", "shop.example.org"))
        .acmCertificate("arn:aws:acm:us-east-1:123456789012:certificate/1")
        .set("Comment", "the <shop>")
        .set("PriceClass", "PriceClass_100")
        .set("Enabled", false);
    DistributionSummary read = client.listDistributions().distributionList().items().get(0);
    assertThat(read.id()).isEqualTo("E1");
    assertThat(read.arn()).isEqualTo("arn:aws:cloudfront::123456789012:distribution/E1");
    assertThat(read.status()).isEqualTo("Deployed");
    assertThat(read.lastModifiedTime()).isEqualTo(Bed.NOON);
    assertThat(read.domainName()).isEqualTo("e1.cloudfront.net");
    assertThat(read.aliases().quantity()).isEqualTo(2);
    assertThat(read.aliases().items()).containsExactly("www.example.org", "example.org");
    assertThat(read.origins().items())
        .extracting(Origin::id, Origin::domainName)
        .containsExactly(tuple("shop", "shop.example.org"));
    assertThat(read.viewerCertificate().acmCertificateArn()).endsWith("certificate/1");
    assertThat(read.viewerCertificate().cloudFrontDefaultCertificate()).isFalse();
    assertThat(read.comment()).isEqualTo("the <shop>");
    assertThat(read.priceClassAsString()).isEqualTo("PriceClass_100");
    assertThat(read.enabled()).isFalse();
    assertThat(read.httpVersionAsString()).isEqualTo("http2");
    assertThat(read.isIPV6Enabled()).isTrue();
    model.addDistribution("E2").iamCertificate("ASCA1");
    assertThat(client.listDistributions().distributionList().items().get(1).viewerCertificate())
        .satisfies(certificate -> assertThat(certificate.iamCertificateId()).isEqualTo("ASCA1"));
  }

  @Test
  void theConfigurationSaysWhereLogsGoAndHasATagOfItsVersion() {
    DistributionDouble made =
        model.addDistribution("E1").logging("logs.s3.amazonaws.com", "cdn/").aliases("a.org");
    GetDistributionConfigResponse read = client.getDistributionConfig(r -> r.id("E1"));
    DistributionConfig config = read.distributionConfig();
    assertThat(config.logging().enabled()).isTrue();
    assertThat(config.logging().bucket()).isEqualTo("logs.s3.amazonaws.com");
    assertThat(config.logging().prefix()).isEqualTo("cdn/");
    assertThat(config.logging().includeCookies()).isFalse();
    assertThat(config.aliases().items()).containsExactly("a.org");
    assertThat(config.callerReference()).isEqualTo("double-E1");
    made.noLogging().touch();
    GetDistributionConfigResponse after = client.getDistributionConfig(r -> r.id("E1"));
    assertThat(after.distributionConfig().logging().enabled()).isFalse();
    assertThat(after.eTag()).isNotNull().isNotEqualTo(read.eTag());
  }

  @Test
  void pagesHoldEachDistributionOnce() {
    for (int i = 0; i < 25; i++) {
      model.addDistribution("E" + i);
    }
    List<String> ids = new ArrayList<>();
    List<Integer> pages = new ArrayList<>();
    String marker = null;
    do {
      String from = marker;
      DistributionList page =
          client.listDistributions(r -> r.maxItems("10").marker(from)).distributionList();
      pages.add(page.quantity());
      page.items().forEach(each -> ids.add(each.id()));
      assertThat(page.isTruncated()).isEqualTo(page.nextMarker() != null);
      marker = page.nextMarker();
    } while (marker != null);
    assertThat(pages).containsExactly(10, 10, 5);
    assertThat(ids).doesNotHaveDuplicates().hasSize(25);
  }

  @Test
  void additionalMetricsAreEnabledDisabledOrWereNeverAskedFor() {
    model.addDistribution("E1").additionalMetrics(true);
    model.addDistribution("E2").additionalMetrics(false);
    model.addDistribution("E3");
    assertThat(subscription("E1")).isEqualTo("Enabled");
    assertThat(subscription("E2")).isEqualTo("Disabled");
    assertThatThrownBy(() -> subscription("E3"))
        .isInstanceOf(NoSuchMonitoringSubscriptionException.class);
  }

  @Test
  void aDistributionThatIsRemovedIsNotFound() {
    model.addDistribution("E1");
    model.removeDistribution("E1");
    assertThat(client.listDistributions().distributionList().items()).isEmpty();
    assertThatThrownBy(() -> client.getDistributionConfig(r -> r.id("E1")))
        .isInstanceOf(NoSuchDistributionException.class);
  }

  @Test
  void tagsAreReadByTheArn() {
    DistributionDouble made = model.addDistribution("E1").tag("team", "shop");
    assertThat(client.listTagsForResource(r -> r.resource(made.arn())).tags().items())
        .singleElement()
        .satisfies(
            tag -> {
              assertThat(tag.key()).isEqualTo("team");
              assertThat(tag.value()).isEqualTo("shop");
            });
  }
}
