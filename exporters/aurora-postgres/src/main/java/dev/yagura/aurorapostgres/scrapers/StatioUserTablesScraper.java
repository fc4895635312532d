package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.UnsupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Blocks read and hit of each user table of one database, as pg_statio_user_tables has it. Where
 * {@code stat_user_tables} ran before it in the same session, nothing more is asked.
 */
final class StatioUserTablesScraper implements PgScraper {
  private static final VersionedSql ALONE =
      VersionedSql.since(
          13,
          """
          WITH user_table AS (
            SELECT c.oid, n.nspname, c.relname, c.reltoastrelid AS toast,
                   count(*) OVER () AS stored_tables
              FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'm')
               AND n.nspname NOT IN ('pg_catalog', 'information_schema')
               AND n.nspname !~ '^pg_toast'
             ORDER BY c.relpages DESC, c.oid
             LIMIT ?
          )
          SELECT current_database()::text AS datname,
                 t.nspname::text AS schemaname,
                 t.relname::text AS relname,
                 t.stored_tables,
                 pg_stat_get_blocks_fetched(t.oid) - pg_stat_get_blocks_hit(t.oid)
                   AS heap_blks_read,
                 pg_stat_get_blocks_hit(t.oid) AS heap_blks_hit,
                 coalesce(i.read, 0)::bigint AS idx_blks_read,
                 coalesce(i.hit, 0)::bigint AS idx_blks_hit,
                 pg_stat_get_blocks_fetched(t.toast) - pg_stat_get_blocks_hit(t.toast)
                   AS toast_blks_read,
                 pg_stat_get_blocks_hit(t.toast) AS toast_blks_hit,
                 coalesce(x.read, 0)::bigint AS tidx_blks_read,
                 coalesce(x.hit, 0)::bigint AS tidx_blks_hit
            FROM user_table t
            LEFT JOIN LATERAL (
              SELECT sum(pg_stat_get_blocks_fetched(indexrelid)
                         - pg_stat_get_blocks_hit(indexrelid)) AS read,
                     sum(pg_stat_get_blocks_hit(indexrelid)) AS hit
                FROM pg_index
               WHERE indrelid = t.oid) i ON true
            LEFT JOIN LATERAL (
              SELECT sum(pg_stat_get_blocks_fetched(indexrelid)
                         - pg_stat_get_blocks_hit(indexrelid)) AS read,
                     sum(pg_stat_get_blocks_hit(indexrelid)) AS hit
                FROM pg_index
               WHERE indrelid = t.toast) x ON true
          """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          UserTables.LABELS,
          List.of(
              counter("heap_blocks_read", "heap_blks_read", "Blocks of the table read"),
              counter("heap_blocks_hit", "heap_blks_hit", "Blocks of the table found in the cache"),
              counter("idx_blocks_read", "idx_blks_read", "Blocks of the table's indexes read"),
              counter(
                  "idx_blocks_hit",
                  "idx_blks_hit",
                  "Blocks of the table's indexes found in the cache"),
              counter("toast_blocks_read", "toast_blks_read", "Blocks of the TOAST table read"),
              counter(
                  "toast_blocks_hit",
                  "toast_blks_hit",
                  "Blocks of the TOAST table found in the cache"),
              counter(
                  "tidx_blocks_read", "tidx_blks_read", "Blocks of the TOAST table's index read"),
              counter(
                  "tidx_blocks_hit",
                  "tidx_blks_hit",
                  "Blocks of the TOAST table's index found in the cache")));

  private static final Family<UserTables.Omitted> OMITTED =
      UserTables.Omitted.family(
          "pg_statio_user_tables_omitted",
          "Stored user tables of the database that the configured bound left out, from pg_class.");

  private final int maxTables;

  private StatioUserTablesScraper(int maxTables) {
    this.maxTables = maxTables;
  }

  /** Keeps that many tables, the largest ones. */
  static PgScraper largest(int maxTables) {
    return new StatioUserTablesScraper(maxTables);
  }

  private static Family<Row> counter(String name, String column, String what) {
    return Columns.counter(
        "pg_statio_user_tables_" + name, what + ", from pg_statio_user_tables.", column);
  }

  @Override
  public String name() {
    return "statio_user_tables";
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
    List<Row> rows = rows(session, deadline);
    return Snapshot.of(FAMILIES, rows)
        .and(Snapshot.of(List.of(OMITTED), UserTables.Omitted.of(session, rows, "stored_tables")));
  }

  private List<Row> rows(PgSession session, Deadline deadline)
      throws ScrapeException, UnsupportedException {
    Optional<List<Row>> read = session.shared(UserTables.ALL, maxTables);
    return read.isEmpty()
        ? session.query(ALONE, deadline, maxTables)
        : read.get().stream().filter(row -> row.number("partitioned", 0) == 0).toList();
  }
}
