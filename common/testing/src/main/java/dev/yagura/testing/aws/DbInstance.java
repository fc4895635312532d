package dev.yagura.testing.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An instance of a cluster; what is set is what RDS says of it from then on. */
public final class DbInstance {
  private static final Duration VALIDITY = Duration.ofDays(365);

  private final String id;
  private final String cluster;
  private final Fields fields = new Fields();
  private final Tags tags = new Tags();

  DbInstance(String id, DbCluster cluster, Scope scope) {
    this.id = id;
    this.cluster = cluster.id();
    Instant now = scope.clock().instant();
    set("DBInstanceIdentifier", id);
    set("DBClusterIdentifier", cluster.id());
    set("DBInstanceArn", scope.arn("rds", "db:" + id));
    set("DbiResourceId", "db-" + id.toUpperCase(Locale.ROOT));
    set("Engine", cluster.text("Engine"));
    set("EngineVersion", cluster.text("EngineVersion"));
    set("StorageType", "aurora");
    set("AllocatedStorage", 1);
    set("IAMDatabaseAuthenticationEnabled", false);
    set("AutoMinorVersionUpgrade", false);
    set("InstanceCreateTime", now);
    instanceClass("db.r6g.large").status("available").promotionTier(1);
    endpoint(id + ".double." + scope.region() + ".rds.amazonaws.com", 5432);
    availabilityZone(scope.region() + "a");
    certificate("rds-ca-rsa2048-g1", now.plus(VALIDITY));
    performanceInsights(false).monitoringInterval(0).publiclyAccessible(false);
  }

  /** Its identifier. */
  public String id() {
    return id;
  }

  /** The identifier of its cluster. */
  public String cluster() {
    return cluster;
  }

  /** Sets a field by its name in RDS' API; null takes it away. */
  public DbInstance set(String field, @Nullable Object value) {
    fields.set(field, value);
    return this;
  }

  /** Sets its class, such as {@code db.r6g.large} or {@code db.serverless}. */
  public DbInstance instanceClass(String name) {
    return set("DBInstanceClass", name);
  }

  /** Sets its status, such as {@code available} or {@code rebooting}. */
  public DbInstance status(String status) {
    return set("DBInstanceStatus", status);
  }

  /** Sets where it is found. */
  public DbInstance endpoint(String host, int port) {
    return set("Endpoint.Address", host).set("Endpoint.Port", port);
  }

  /** Sets its zone, such as {@code us-east-1a}. */
  public DbInstance availabilityZone(String zone) {
    return set("AvailabilityZone", zone);
  }

  /** Sets its rank among those that may become the writer, 0 first. */
  public DbInstance promotionTier(int tier) {
    return set("PromotionTier", tier);
  }

  /** Sets the authority of its certificate and when the certificate ends. */
  public DbInstance certificate(String authority, Instant validTill) {
    return set("CACertificateIdentifier", authority)
        .set("CertificateDetails.CAIdentifier", authority)
        .set("CertificateDetails.ValidTill", validTill);
  }

  /** Sets what changes in the next maintenance window, such as {@code DBInstanceClass}. */
  public DbInstance pending(String field, @Nullable Object value) {
    return set("PendingModifiedValues." + field, value);
  }

  /** Sets whether Performance Insights looks at it. */
  public DbInstance performanceInsights(boolean enabled) {
    return set("PerformanceInsightsEnabled", enabled);
  }

  /** Sets the seconds between two looks of Enhanced Monitoring, 0 for none. */
  public DbInstance monitoringInterval(int seconds) {
    return set("MonitoringInterval", seconds);
  }

  /** Sets whether it has an address that everybody can reach. */
  public DbInstance publiclyAccessible(boolean accessible) {
    return set("PubliclyAccessible", accessible);
  }

  /** Adds a tag. */
  public DbInstance tag(String key, String value) {
    tags.put(key, value);
    fields.list("TagList", "Tag", tags.fields());
    return this;
  }

  /** What RDS says of a field, or null. */
  public @Nullable String text(String field) {
    return fields.text(field);
  }

  void write(Xml xml) {
    fields.write(xml);
  }
}
