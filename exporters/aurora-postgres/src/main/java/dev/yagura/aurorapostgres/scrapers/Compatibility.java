package dev.yagura.aurorapostgres.scrapers;

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

  /** The name that a replication slot family had before 0.20; other names are as they are. */
  static String before020(String name) {
    boolean renamed =
        name.startsWith("pg_replication_slots_slot_")
            || name.equals("pg_replication_slots_safe_wal_size_bytes")
            || name.equals("pg_replication_slots_wal_status");
    return renamed ? name.replaceFirst("^pg_replication_slots_", "pg_replication_slot_") : name;
  }
}
