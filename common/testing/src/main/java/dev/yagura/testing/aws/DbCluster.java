package dev.yagura.testing.aws;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An Aurora PostgreSQL cluster; what is set is what RDS says of it from then on. */
public final class DbCluster {
  private final String id;
  private final Fields fields = new Fields();
  private final Tags tags = new Tags();

  DbCluster(String id, Scope scope) {
    this.id = id;
    Instant now = scope.clock().instant();
    String domain = scope.region() + ".rds.amazonaws.com";
    set("DBClusterIdentifier", id);
    set("DBClusterArn", scope.arn("rds", "cluster:" + id));
    set("DbClusterResourceId", "cluster-" + id.toUpperCase(Locale.ROOT));
    set("Engine", "aurora-postgresql");
    set("EngineMode", "provisioned");
    set("MasterUsername", "postgres");
    set("StorageEncrypted", true);
    set("DeletionProtection", true);
    set("ClusterCreateTime", now);
    engineVersion("16.8").status("available").allocatedStorage(1).iamAuthentication(false);
    endpoint(id + ".cluster-double." + domain, 5432);
    readerEndpoint(id + ".cluster-ro-double." + domain);
    backups(7, now, now);
  }

  /** Its identifier. */
  public String id() {
    return id;
  }

  /** Sets a field by its name in RDS' API; null takes it away. */
  public DbCluster set(String field, @Nullable Object value) {
    fields.set(field, value);
    return this;
  }

  /** Sets the version of its engine, such as {@code 16.8}. */
  public DbCluster engineVersion(String version) {
    return set("EngineVersion", version);
  }

  /** Sets its status, such as {@code available}. */
  public DbCluster status(String status) {
    return set("Status", status);
  }

  /** Sets where its writer is found, and the port of both endpoints. */
  public DbCluster endpoint(String host, int port) {
    return set("Endpoint", host).set("Port", port);
  }

  /** Sets where its readers are found. */
  public DbCluster readerEndpoint(String host) {
    return set("ReaderEndpoint", host);
  }

  /** Sets whether one can sign in with a token of IAM. */
  public DbCluster iamAuthentication(boolean enabled) {
    return set("IAMDatabaseAuthenticationEnabled", enabled);
  }

  /** Sets the secret that RDS keeps the master user's password in. */
  public DbCluster masterUserSecret(String secretArn) {
    return set("MasterUserSecret.SecretArn", secretArn)
        .set("MasterUserSecret.SecretStatus", "active");
  }

  /** Makes it Serverless v2 with these limits, in capacity units. */
  public DbCluster serverless(double min, double max) {
    return set("ServerlessV2ScalingConfiguration.MinCapacity", min)
        .set("ServerlessV2ScalingConfiguration.MaxCapacity", max);
  }

  /** As without the seconds, after which it pauses when nobody is connected. */
  public DbCluster serverless(double min, double max, int secondsUntilAutoPause) {
    return serverless(min, max)
        .set("ServerlessV2ScalingConfiguration.SecondsUntilAutoPause", secondsUntilAutoPause);
  }

  /** Sets for how many days backups are kept, and from when to when one can restore. */
  public DbCluster backups(int retentionDays, Instant earliest, Instant latest) {
    return set("BackupRetentionPeriod", retentionDays)
        .set("EarliestRestorableTime", earliest)
        .set("LatestRestorableTime", latest);
  }

  /** Sets its storage, which RDS says to be 1 for Aurora. */
  public DbCluster allocatedStorage(int gibibytes) {
    return set("AllocatedStorage", gibibytes);
  }

  /** Adds a tag. */
  public DbCluster tag(String key, String value) {
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
