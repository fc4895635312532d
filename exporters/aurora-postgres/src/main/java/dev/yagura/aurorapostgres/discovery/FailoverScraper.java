package dev.yagura.aurorapostgres.discovery;

import dev.yagura.aws.aurora.AuroraCluster;
import dev.yagura.aws.client.Pages;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.SourceType;

/**
 * When each cluster last failed over, as RDS tells in its events, which also tell of failovers that
 * nobody here saw.
 */
final class FailoverScraper implements Scraper {
  static final String NAME = "aurora_failovers";

  private static final String ACTION = "rds:DescribeEvents";

  /** As long as RDS keeps events. */
  private static final Duration WINDOW = Duration.ofDays(14);

  /** How the message of RDS-EVENT-0071 begins; the answer has no numbers of events. */
  private static final String COMPLETED = "Completed failover";

  private record Failover(String cluster, Instant at) {}

  static final List<Family<Failover>> FAMILIES =
      Family.labelled(
          LabelSet.of(InventoryFamilies.DB_CLUSTER, Failover::cluster),
          List.of(
              Family.gauge(
                  "aws_rds_cluster_failover_timestamp_seconds",
                  "When the last failover of the cluster was completed (RDS-EVENT-0071), from Date"
                      + " of DescribeEvents, as a Unix time in seconds; absent if there was none in"
                      + " the last 14 days.",
                  row -> InventoryFamilies.seconds(row.at()))));

  private final RdsClient rds;
  private final LastLook look;

  FailoverScraper(RdsClient rds, LastLook look) {
    this.rds = rds;
    this.look = look;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<Failover>> families() {
    return FAMILIES;
  }

  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException, InterruptedException {
    Set<String> clusters =
        look.get().clusters().stream().map(AuroraCluster::id).collect(Collectors.toSet());
    List<Event> events =
        Pages.all(
            ACTION,
            deadline,
            marker ->
                rds.describeEvents(
                    request ->
                        request
                            .sourceType(SourceType.DB_CLUSTER)
                            .eventCategories("failover")
                            .duration((int) WINDOW.toMinutes())
                            .marker(marker)),
            page -> page.events(),
            page -> page.marker());
    Map<String, Instant> last = new HashMap<>();
    for (Event event : events) {
      String message = event.message();
      if (event.date() != null
          && message != null
          && message.startsWith(COMPLETED)
          && clusters.contains(event.sourceIdentifier())) {
        last.merge(
            event.sourceIdentifier(),
            event.date(),
            (one, other) -> one.isAfter(other) ? one : other);
      }
    }
    return Snapshot.of(
        FAMILIES,
        last.entrySet().stream()
            .map(entry -> new Failover(entry.getKey(), entry.getValue()))
            .toList());
  }
}
