package dev.yagura.aurorapostgres;

/**
 * What older dashboards of postgres_exporter still look for.
 *
 * @param serverLabel whether every sample of a server carries {@code server="host:port"}
 * @param pre020Names whether the replication slot families are also there under the names they had
 *     before postgres_exporter 0.20
 */
public record Compatibility(boolean serverLabel, boolean pre020Names) {
  /** Names and labels of postgres_exporter 0.20. */
  public static final Compatibility NONE = new Compatibility(false, false);
}
