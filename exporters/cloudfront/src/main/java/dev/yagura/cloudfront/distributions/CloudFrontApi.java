package dev.yagura.cloudfront.distributions;

import dev.yagura.aws.client.AwsAccount;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.scrape.ScrapeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.DistributionList;
import software.amazon.awssdk.services.cloudfront.model.DistributionSummary;
import software.amazon.awssdk.services.cloudfront.model.LoggingConfig;
import software.amazon.awssdk.services.cloudfront.model.NoSuchDistributionException;

/** What is asked of one account about its distributions. All three operations are free. */
final class CloudFrontApi {
  /** Where CloudFront's requests are signed for, and where its certificates are. */
  private static final String REGION = "us-east-1";

  private static final String DEPLOYED = "Deployed";

  private final CloudFrontClient cloudFront;
  private final AcmClient acm;

  CloudFrontApi(AwsAccount account) {
    var place = new AwsPlace(account, REGION);
    cloudFront = place.client(CloudFrontClient.builder());
    acm = place.client(AcmClient.builder());
  }

  /** All distributions, each once, in the order of the API: every page or a failure. */
  List<ListedDistribution> list() throws ScrapeException, InterruptedException {
    Map<String, ListedDistribution> all = new LinkedHashMap<>();
    String marker = null;
    do {
      DistributionList page = page(marker);
      page.items().forEach(each -> all.put(each.id(), listed(each)));
      marker = Boolean.TRUE.equals(page.isTruncated()) ? page.nextMarker() : null;
    } while (marker != null);
    return List.copyOf(all.values());
  }

  private DistributionList page(@Nullable String marker)
      throws ScrapeException, InterruptedException {
    return AwsPlace.call(
        "cloudfront:ListDistributions",
        () -> cloudFront.listDistributions(request -> request.marker(marker)).distributionList());
  }

  private static ListedDistribution listed(DistributionSummary summary) {
    return new ListedDistribution(
        summary.id(),
        summary.domainName(),
        summary.aliases() == null ? List.of() : summary.aliases().items(),
        summary.priceClassAsString(),
        summary.httpVersionAsString(),
        Boolean.TRUE.equals(summary.enabled()),
        DEPLOYED.equals(summary.status()),
        summary.lastModifiedTime(),
        summary.lastModifiedTime() + " " + summary.eTag(),
        summary.viewerCertificate() == null
            ? Optional.empty()
            : Optional.ofNullable(summary.viewerCertificate().acmCertificateArn()));
  }

  /** How a distribution's requests are logged; empty if it is no more. */
  Optional<StandardLogging> logging(String id) throws ScrapeException, InterruptedException {
    return AwsPlace.call(
        "cloudfront:GetDistributionConfig",
        () -> {
          try {
            return Optional.of(
                logging(
                    cloudFront
                        .getDistributionConfig(request -> request.id(id))
                        .distributionConfig()
                        .logging()));
          } catch (NoSuchDistributionException e) {
            return Optional.empty(); // Deleted since it was listed.
          }
        });
  }

  private static StandardLogging logging(@Nullable LoggingConfig logging) {
    return logging == null || !Boolean.TRUE.equals(logging.enabled())
        ? new StandardLogging(false, "", "")
        : new StandardLogging(true, orEmpty(logging.bucket()), orEmpty(logging.prefix()));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** When a certificate ends; empty if it is no more, or was not issued yet. */
  Optional<Instant> certificateExpiry(String arn) throws ScrapeException, InterruptedException {
    return AwsPlace.call(
        "acm:DescribeCertificate",
        () -> {
          try {
            return Optional.ofNullable(
                acm.describeCertificate(request -> request.certificateArn(arn))
                    .certificate()
                    .notAfter());
          } catch (ResourceNotFoundException e) {
            return Optional.empty(); // Deleted since the distribution was listed.
          }
        });
  }
}
