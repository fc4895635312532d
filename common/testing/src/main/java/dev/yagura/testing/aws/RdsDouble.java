package dev.yagura.testing.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The Aurora PostgreSQL clusters of an account in a region, and what happens to them. */
public final class RdsDouble implements ServiceDouble {
  private static final int LARGEST_PAGE = 100;
  private static final int SMALLEST_PAGE = 20;

  private final Scope scope;
  private final Map<String, DbCluster> clusters = new LinkedHashMap<>();
  private final Map<String, DbInstance> instances = new LinkedHashMap<>();
  private final Map<String, String> writers = new HashMap<>();
  private final Map<String, List<Fields>> maintenance = new LinkedHashMap<>();
  private final EngineLifecycles lifecycles = new EngineLifecycles();
  private final List<DbEvent> events = new ArrayList<>();

  RdsDouble(Scope scope) {
    this.scope = scope;
  }

  /** Adds a cluster without instances. */
  public synchronized DbCluster addCluster(String id) {
    DbCluster cluster = new DbCluster(id, scope);
    clusters.put(id, cluster);
    return cluster;
  }

  /** Adds an instance to a cluster; it is the writer if there is none. */
  public synchronized DbInstance addInstance(String cluster, String id) {
    DbInstance instance = new DbInstance(id, existing(cluster), scope);
    instances.put(id, instance);
    writers.putIfAbsent(cluster, id);
    return instance;
  }

  /** Removes an instance; after the writer, there is none until a failover or a new instance. */
  public synchronized void removeInstance(String id) {
    instances.remove(id);
    writers.values().remove(id);
  }

  /** Sets the status of an instance or a cluster. */
  public synchronized void setStatus(String id, String status) {
    DbInstance instance = instances.get(id);
    if (instance == null) {
      existing(id).status(status);
    } else {
      instance.status(status);
    }
  }

  /** Makes another instance the writer now, which is also told as events. */
  public synchronized void failOver(String cluster, String newWriter) {
    DbInstance instance = instances.get(newWriter);
    if (instance == null || !instance.cluster().equals(cluster)) {
      throw new IllegalArgumentException(newWriter + " is not in " + cluster);
    }
    writers.put(cluster, newWriter);
    // In RDS' own words, which programs look for: RDS-EVENT-0073 and RDS-EVENT-0071.
    addEvent(cluster, "failover", "Started cross AZ failover to DB instance: " + newWriter);
    addEvent(cluster, "failover", "Completed failover to DB instance: " + newWriter);
  }

  /** Says that something happened now to an instance or a cluster. */
  public synchronized void addEvent(String source, String category, String message) {
    boolean ofCluster = clusters.containsKey(source);
    String arn = scope.arn("rds", (ofCluster ? "cluster:" : "db:") + source);
    events.add(
        new DbEvent(
            ofCluster ? "db-cluster" : "db-instance",
            source,
            arn,
            List.of(category),
            message,
            scope.clock().instant()));
  }

  /**
   * Adds maintenance of a resource.
   *
   * @param action such as {@code system-update}
   * @param autoAppliedAfter when a window applies it, null if never
   * @param forcedApply when it is applied whatever the window, null if never
   */
  public synchronized void addMaintenance(
      String resourceArn,
      String action,
      String description,
      @Nullable Instant autoAppliedAfter,
      @Nullable Instant forcedApply) {
    maintenance
        .computeIfAbsent(resourceArn, arn -> new ArrayList<>())
        .add(
            new Fields()
                .set("Action", action)
                .set("Description", description)
                .set("AutoAppliedAfterDate", autoAppliedAfter)
                .set("ForcedApplyDate", forcedApply)
                .set("CurrentApplyDate", autoAppliedAfter));
  }

  /**
   * Says how long a major version is supported.
   *
   * @param support {@code open-source-rds-standard-support} or {@code
   *     open-source-rds-extended-support}
   */
  public synchronized void addLifecycle(
      String engine, String major, String support, Instant from, Instant to) {
    lifecycles.add(new EngineLifecycles.Version(engine, major), support, from, to);
  }

  private DbCluster existing(String id) {
    DbCluster cluster = clusters.get(id);
    if (cluster == null) {
      throw new IllegalArgumentException("no cluster " + id);
    }
    return cluster;
  }

  @Override
  public synchronized Answer answer(Call call) {
    Input input = call.input();
    return switch (call.operation()) {
      case "DescribeDBClusters" ->
          list(
              call,
              "DBClusters",
              "DBCluster",
              RdsFilter.CLUSTERS.asked(input, clusters.values(), DbCluster::text),
              this::write);
      case "DescribeDBInstances" ->
          list(
              call,
              "DBInstances",
              "DBInstance",
              RdsFilter.INSTANCES.asked(input, instances.values(), DbInstance::text),
              (xml, instance) -> instance.write(xml));
      case "DescribePendingMaintenanceActions" ->
          list(
              call,
              "PendingMaintenanceActions",
              "ResourcePendingMaintenanceActions",
              maintenance.keySet().stream()
                  .filter(arn -> arn.equals(input.text("ResourceIdentifier", arn)))
                  .toList(),
              this::writeMaintenance);
      case "DescribeDBMajorEngineVersions" ->
          list(
              call,
              "DBMajorEngineVersions",
              "DBMajorEngineVersion",
              lifecycles.asked(input),
              lifecycles::write);
      case "DescribeEvents" ->
          list(
              call,
              "Events",
              "Event",
              events.stream().filter(e -> e.isAsked(input, scope.clock().instant())).toList(),
              (xml, event) -> event.write(xml));
      default -> throw ServiceDouble.unknown(call);
    };
  }

  private static <T> Answer list(
      Call call, String name, String item, List<T> all, BiConsumer<Xml, T> write) {
    int size = call.input().number("MaxRecords", LARGEST_PAGE);
    if (size < SMALLEST_PAGE || size > LARGEST_PAGE) {
      throw AwsError.badRequest("InvalidParameterValue", "MaxRecords is 20 to 100, not " + size);
    }
    Page<T> page = Page.of(all, call.input().text("Marker"), size);
    return call.result(
        xml -> xml.text("Marker", page.next()).list(name, item, page.items(), write));
  }

  private void write(Xml xml, DbCluster cluster) {
    cluster.write(xml);
    xml.list(
        "DBClusterMembers",
        "DBClusterMember",
        instances.values().stream().filter(each -> each.cluster().equals(cluster.id())).toList(),
        (member, instance) ->
            member
                .text("DBInstanceIdentifier", instance.id())
                .text("IsClusterWriter", instance.id().equals(writers.get(cluster.id())))
                .text("DBClusterParameterGroupStatus", "in-sync")
                .text("PromotionTier", instance.text("PromotionTier")));
  }

  private void writeMaintenance(Xml xml, String arn) {
    xml.text("ResourceIdentifier", arn)
        .list(
            "PendingMaintenanceActionDetails",
            "PendingMaintenanceAction",
            maintenance.getOrDefault(arn, List.of()),
            (item, action) -> action.write(item));
  }
}
