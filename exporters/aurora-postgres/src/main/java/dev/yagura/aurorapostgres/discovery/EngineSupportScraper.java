package dev.yagura.aurorapostgres.discovery;

import dev.yagura.aws.aurora.AuroraInventory;
import dev.yagura.aws.client.Pages;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBMajorEngineVersion;
import software.amazon.awssdk.services.rds.model.LifecycleSupportName;
import software.amazon.awssdk.services.rds.model.SupportedEngineLifecycle;

/** Until when AWS supports each major version of Aurora PostgreSQL. */
final class EngineSupportScraper implements Scraper {
  static final String NAME = "aurora_engine_support";

  private static final String ACTION = "rds:DescribeDBMajorEngineVersions";

  static final List<Family<DBMajorEngineVersion>> FAMILIES =
      Family.labelled(
          LabelSet.of("major_version", DBMajorEngineVersion::majorEngineVersion),
          List.of(
              Family.gauge(
                  "aws_rds_engine_standard_support_end_timestamp_seconds",
                  "When standard support of this major version of Aurora PostgreSQL ends, from"
                      + " LifecycleSupportEndDate of DescribeDBMajorEngineVersions, as a Unix time"
                      + " in seconds; looked up once a day.",
                  row -> end(row, LifecycleSupportName.OPEN_SOURCE_RDS_STANDARD_SUPPORT)),
              Family.gauge(
                  "aws_rds_engine_extended_support_end_timestamp_seconds",
                  "When extended support of this major version of Aurora PostgreSQL, which costs"
                      + " extra, ends, from LifecycleSupportEndDate of"
                      + " DescribeDBMajorEngineVersions, as a Unix time in seconds; looked up once a"
                      + " day.",
                  row -> end(row, LifecycleSupportName.OPEN_SOURCE_RDS_EXTENDED_SUPPORT))));

  private final RdsClient rds;

  EngineSupportScraper(RdsClient rds) {
    this.rds = rds;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<DBMajorEngineVersion>> families() {
    return FAMILIES;
  }

  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException, InterruptedException {
    List<DBMajorEngineVersion> versions =
        Pages.all(
            ACTION,
            deadline,
            marker ->
                rds.describeDBMajorEngineVersions(
                    request -> request.engine(AuroraInventory.ENGINE).marker(marker)),
            page -> page.dbMajorEngineVersions(),
            page -> page.marker());
    return Snapshot.of(
        FAMILIES,
        versions.stream()
            .filter(version -> AuroraInventory.ENGINE.equals(version.engine()))
            .toList());
  }

  private static @Nullable Number end(DBMajorEngineVersion version, LifecycleSupportName support) {
    Instant end =
        version.supportedEngineLifecycles().stream()
            .filter(each -> each.lifecycleSupportName() == support)
            .map(SupportedEngineLifecycle::lifecycleSupportEndDate)
            .findFirst()
            .orElse(null);
    return InventoryFamilies.seconds(end);
  }
}
