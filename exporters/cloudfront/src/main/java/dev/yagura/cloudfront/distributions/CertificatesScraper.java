package dev.yagura.cloudfront.distributions;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** When the certificates end that distributions show to viewers; each is asked for once a day. */
final class CertificatesScraper implements Scraper {
  static final String NAME = "certificates";

  private static final Duration GOOD_FOR = Duration.ofDays(1);

  private record Row(String distribution, Instant expiry) {}

  private static final List<Family<Row>> EXPIRY =
      List.of(
          Family.<Row>gauge(
                  "cloudfront_distribution_certificate_expiry_timestamp_seconds",
                  "When the certificate of ACM ends that a distribution shows to viewers, by"
                      + " NotAfter of DescribeCertificate, polled once a day, in seconds since 1970;"
                      + " absent with"
                      + " CloudFront's own certificate, and with one that is kept in IAM.",
                  row -> row.expiry().getEpochSecond())
              .label("distribution", Row::distribution));

  private record Known(Optional<Instant> expiry, long readAt) {}

  private final Inventory inventory;
  private final CloudFrontApi api;
  private final Age age;
  private final Map<String, Known> byArn = new HashMap<>();

  CertificatesScraper(Inventory inventory, CloudFrontApi api, LongSupplier nanoClock) {
    this.inventory = inventory;
    this.api = api;
    this.age = new Age(GOOD_FOR, nanoClock);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    return declared();
  }

  static List<Family<?>> declared() {
    return List.copyOf(EXPIRY);
  }

  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (ListedDistribution one : inventory.newest()) {
      if (one.certificateArn().isPresent()) {
        String arn = one.certificateArn().get();
        used.add(arn);
        expiry(arn, deadline).ifPresent(expiry -> rows.add(new Row(one.id(), expiry)));
      }
    }
    byArn.keySet().retainAll(used);
    return Snapshot.of(EXPIRY, rows);
  }

  private Optional<Instant> expiry(String arn, Deadline deadline)
      throws ScrapeException, InterruptedException {
    Known known = byArn.get(arn);
    if (known == null || age.isPast(known.readAt())) {
      Discovery.checkTime(deadline, "acm:DescribeCertificate");
      known = new Known(api.certificateExpiry(arn), age.now());
      byArn.put(arn, known);
    }
    return known.expiry();
  }
}
