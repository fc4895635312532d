package dev.yagura.aurorapostgres.discovery;

import dev.yagura.aws.aurora.AuroraCluster;
import dev.yagura.aws.aurora.AuroraEstate;
import dev.yagura.aws.aurora.AuroraInstance;
import dev.yagura.aws.client.Pages;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.PendingMaintenanceAction;
import software.amazon.awssdk.services.rds.model.ResourcePendingMaintenanceActions;

/** Maintenance that waits, of the Aurora PostgreSQL clusters and instances of a place. */
final class MaintenanceScraper implements Scraper {
  static final String NAME = "aurora_maintenance";

  private static final String ACTION = "rds:DescribePendingMaintenanceActions";

  /** A resource by its labels; a cluster has no instance. */
  private record Resource(String cluster, String instance) {}

  private record Waiting(Resource resource, PendingMaintenanceAction action) {}

  static final List<Family<Waiting>> FAMILIES =
      Family.labelled(
          LabelSet.<Waiting>of(InventoryFamilies.DB_CLUSTER, row -> row.resource().cluster())
              .and(InventoryFamilies.DB_INSTANCE, row -> row.resource().instance())
              .and("action", row -> row.action().action()),
          List.of(
              Family.info(
                  "aws_rds_pending_maintenance_info",
                  "Maintenance that waits for an instance, or without db_instance for the cluster,"
                      + " from Action of DescribePendingMaintenanceActions."),
              Family.gauge(
                  "aws_rds_pending_maintenance_auto_apply_timestamp_seconds",
                  "The time behind which the first maintenance window applies it, from"
                      + " AutoAppliedAfterDate of DescribePendingMaintenanceActions, as a Unix time"
                      + " in seconds; absent if no window does.",
                  row -> InventoryFamilies.seconds(row.action().autoAppliedAfterDate())),
              Family.gauge(
                  "aws_rds_pending_maintenance_forced_apply_timestamp_seconds",
                  "When it is applied whatever the window, from ForcedApplyDate of"
                      + " DescribePendingMaintenanceActions, as a Unix time in seconds; absent if it"
                      + " is not forced.",
                  row -> InventoryFamilies.seconds(row.action().forcedApplyDate())),
              Family.gauge(
                  "aws_rds_pending_maintenance_apply_timestamp_seconds",
                  "When it will be applied as things are, from CurrentApplyDate of"
                      + " DescribePendingMaintenanceActions, as a Unix time in seconds; absent if"
                      + " it waits to be asked for.",
                  row -> InventoryFamilies.seconds(row.action().currentApplyDate()))));

  private final RdsClient rds;
  private final LastLook look;

  MaintenanceScraper(RdsClient rds, LastLook look) {
    this.rds = rds;
    this.look = look;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<Waiting>> families() {
    return FAMILIES;
  }

  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException, InterruptedException {
    Map<String, Resource> known = byArn(look.get());
    List<ResourcePendingMaintenanceActions> all =
        Pages.all(
            ACTION,
            deadline,
            marker -> rds.describePendingMaintenanceActions(request -> request.marker(marker)),
            page -> page.pendingMaintenanceActions(),
            page -> page.marker());
    List<Waiting> waiting = new ArrayList<>();
    for (ResourcePendingMaintenanceActions each : all) {
      Resource resource = known.get(each.resourceIdentifier());
      if (resource != null) {
        each.pendingMaintenanceActionDetails()
            .forEach(action -> waiting.add(new Waiting(resource, action)));
      }
    }
    return Snapshot.of(FAMILIES, waiting);
  }

  private static Map<String, Resource> byArn(AuroraEstate estate) {
    Map<String, Resource> byArn = new HashMap<>();
    for (AuroraCluster cluster : estate.clusters()) {
      byArn.put(cluster.arn(), new Resource(cluster.id(), ""));
    }
    for (AuroraInstance instance : estate.instances()) {
      byArn.put(instance.arn(), new Resource(instance.clusterId(), instance.id()));
    }
    return byArn;
  }
}
