package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.UnsupportedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Activity and size of each user table of one database, as pg_stat_user_tables has it. A table that
 * was never vacuumed or analyzed has no time of it; one that is locked exclusively has no size.
 */
final class StatUserTablesScraper implements PgScraper {
  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          UserTables.LABELS,
          List.of(
              counter("seq_scan", "Sequential scans begun on the table"),
              counter("seq_tup_read", "Live rows that sequential scans of the table fetched"),
              counter("idx_scan", "Scans begun on all indexes of the table"),
              counter("idx_tup_fetch", "Live rows of the table that index scans fetched"),
              counter("n_tup_ins", "Rows inserted into the table"),
              counter("n_tup_upd", "Rows of the table updated"),
              counter("n_tup_del", "Rows deleted from the table"),
              counter("n_tup_hot_upd", "Rows updated without a new entry in any index"),
              gauge("n_live_tup", "Live rows of the table, estimated"),
              gauge("n_dead_tup", "Dead rows that VACUUM has yet to remove, estimated"),
              gauge("n_mod_since_analyze", "Rows changed since the last ANALYZE, estimated"),
              time("last_vacuum", "a VACUUM that somebody ordered"),
              time("last_autovacuum", "the autovacuum daemon's last VACUUM"),
              time("last_analyze", "an ANALYZE that somebody ordered"),
              time("last_autoanalyze", "the autovacuum daemon's last ANALYZE"),
              counter("vacuum_count", "Times somebody's VACUUM ended on the table"),
              counter("autovacuum_count", "Times the autovacuum daemon vacuumed the table"),
              counter("analyze_count", "Times somebody's ANALYZE ended on the table"),
              counter("autoanalyze_count", "Times the autovacuum daemon analyzed the table"),
              Family.gauge(
                  "pg_stat_user_tables_index_size_bytes",
                  "Bytes on disk of all indexes of the table, as pg_indexes_size() counts them.",
                  StatUserTablesScraper::indexSize),
              Columns.gauge(
                  "pg_stat_user_tables_table_size_bytes",
                  "Bytes on disk of the table with its TOAST table, as pg_table_size() counts"
                      + " them.",
                  "table_size")));

  private static final Family<UserTables.Omitted> OMITTED =
      UserTables.Omitted.family(
          "pg_stat_user_tables_omitted",
          "User tables of the database that the configured bound left out, from pg_class.");

  private final int maxTables;

  private StatUserTablesScraper(int maxTables) {
    this.maxTables = maxTables;
  }

  /** Keeps that many tables, the largest ones. */
  static PgScraper largest(int maxTables) {
    return new StatUserTablesScraper(maxTables);
  }

  private static Family<Row> counter(String column, String what) {
    return Columns.counter("pg_stat_user_tables_" + column, help(what), column);
  }

  private static Family<Row> gauge(String column, String what) {
    return Columns.gauge("pg_stat_user_tables_" + column, help(what), column);
  }

  private static Family<Row> time(String column, String what) {
    return gauge(column, "When " + what + " of the table ended, in seconds since 1970");
  }

  private static String help(String what) {
    return what + ", from pg_stat_user_tables.";
  }

  /** A table that was dropped or is locked has neither size; one without an index has 0 bytes. */
  private static @Nullable Double indexSize(Row row) {
    return row.number("table_size") == null ? null : Double.valueOf(row.number("index_size", 0));
  }

  @Override
  public String name() {
    return "stat_user_tables";
  }

  @Override
  public List<? extends Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(FAMILIES);
    all.add(OMITTED);
    return all;
  }

  @Override
  public Snapshot scrape(PgSession session, Deadline deadline)
      throws ScrapeException, UnsupportedException {
    List<Row> rows = session.queryShared(UserTables.ALL, deadline, maxTables);
    return Snapshot.of(FAMILIES, rows)
        .and(Snapshot.of(List.of(OMITTED), UserTables.Omitted.of(session, rows, "tables")));
  }
}
