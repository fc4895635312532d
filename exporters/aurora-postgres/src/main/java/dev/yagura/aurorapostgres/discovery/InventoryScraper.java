package dev.yagura.aurorapostgres.discovery;

import dev.yagura.aurorapostgres.discovery.InventoryFamilies.ClusterRow;
import dev.yagura.aurorapostgres.discovery.InventoryFamilies.Members;
import dev.yagura.aurorapostgres.discovery.InventoryFamilies.Pending;
import dev.yagura.aurorapostgres.discovery.InventoryFamilies.Watched;
import dev.yagura.aws.aurora.AuroraCluster;
import dev.yagura.aws.aurora.AuroraEstate;
import dev.yagura.aws.aurora.AuroraInstance;
import dev.yagura.aws.aurora.AuroraInventory;
import dev.yagura.aws.aurora.AuroraRole;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All clusters and instances of a place: tells the discovery of them, and shows what they are. It
 * remembers who wrote, by the cluster's resource id. Used by one thread.
 */
final class InventoryScraper implements Scraper {
  static final String NAME = "aurora_inventory";

  private final AuroraInventory inventory;
  private final AwsPlace place;
  private final Discovery discovery;
  private final LastLook look;
  private final Clock clock;
  private Map<String, WriterHistory> writers = new HashMap<>();

  InventoryScraper(
      AuroraInventory inventory, AwsPlace place, Discovery discovery, LastLook look, Clock clock) {
    this.inventory = inventory;
    this.place = place;
    this.discovery = discovery;
    this.look = look;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    return InventoryFamilies.all();
  }

  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException, InterruptedException {
    AuroraEstate estate = inventory.read(deadline);
    look.set(estate);
    discovery.seen(place, estate);
    return Snapshot.join(List.of(clusters(estate), instances(estate), pending(estate)));
  }

  private Snapshot clusters(AuroraEstate estate) {
    Map<String, WriterHistory> now = new HashMap<>();
    Map<String, String> resources = new HashMap<>();
    estate.instances().forEach(each -> resources.put(each.id(), each.resourceId()));
    List<ClusterRow> rows = new ArrayList<>();
    List<Members> members = new ArrayList<>();
    for (AuroraCluster cluster : estate.clusters()) {
      WriterHistory history =
          writers
              .getOrDefault(cluster.resourceId(), WriterHistory.begin())
              .look(writer(cluster, resources), clock.instant());
      now.put(cluster.resourceId(), history);
      rows.add(new ClusterRow(cluster, history));
      for (AuroraRole role : AuroraRole.values()) {
        long count = cluster.members().values().stream().filter(role::equals).count();
        members.add(new Members(cluster.id(), role, count));
      }
    }
    writers = now;
    return Snapshot.join(
        List.of(
            Snapshot.of(InventoryFamilies.CLUSTERS, rows),
            Snapshot.of(InventoryFamilies.CLUSTER_INFO, rows),
            Snapshot.of(InventoryFamilies.CLUSTER_STATUS, rows),
            Snapshot.of(InventoryFamilies.MEMBERS, members)));
  }

  /**
   * By its resource id, as an instance may be renamed; null if nobody writes, or it is not known.
   */
  private static @Nullable String writer(AuroraCluster cluster, Map<String, String> resources) {
    String id = cluster.writerId();
    return id == null ? null : resources.get(id);
  }

  private Snapshot instances(AuroraEstate estate) {
    List<AuroraInstance> instances = estate.instances();
    Set<String> watched = discovery.watched(place);
    List<Watched> rows =
        instances.stream().map(each -> new Watched(each, watched.contains(each.id()))).toList();
    return Snapshot.join(
        List.of(
            Snapshot.of(InventoryFamilies.INSTANCES, instances),
            Snapshot.of(InventoryFamilies.WATCHED, rows),
            Snapshot.of(InventoryFamilies.INSTANCE_INFO, instances),
            Snapshot.of(InventoryFamilies.INSTANCE_STATUS, instances)));
  }

  private static Snapshot pending(AuroraEstate estate) {
    List<Pending> all = new ArrayList<>();
    for (AuroraCluster cluster : estate.clusters()) {
      cluster.pending().forEach(name -> all.add(new Pending(cluster.id(), "", name)));
    }
    for (AuroraInstance instance : estate.instances()) {
      instance
          .pending()
          .forEach(name -> all.add(new Pending(instance.clusterId(), instance.id(), name)));
    }
    return Snapshot.of(InventoryFamilies.PENDING, all);
  }
}
