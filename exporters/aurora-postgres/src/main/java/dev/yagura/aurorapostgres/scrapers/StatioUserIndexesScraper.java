package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.UnsupportedException;
import java.util.ArrayList;
import java.util.List;

/** Blocks read and hit of each index of one database, as pg_statio_user_indexes has it. */
final class StatioUserIndexesScraper implements PgScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          WITH user_table AS (
            SELECT c.oid, n.nspname, c.relname,
                   row_number() OVER (ORDER BY c.relpages DESC, c.oid) <= ? AS kept
              FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'm')
               AND n.nspname NOT IN ('pg_catalog', 'information_schema')
               AND n.nspname !~ '^pg_toast'
          )
          SELECT current_database()::text AS datname,
                 i.nspname::text AS schemaname,
                 i.relname::text AS relname,
                 i.index::text AS indexrelname,
                 o.omitted,
                 pg_stat_get_blocks_fetched(i.oid) - pg_stat_get_blocks_hit(i.oid)
                   AS idx_blks_read,
                 pg_stat_get_blocks_hit(i.oid) AS idx_blks_hit
            FROM (SELECT count(*) AS omitted
                    FROM user_table t
                    JOIN pg_index x ON x.indrelid = t.oid
                   WHERE NOT t.kept) o
            LEFT JOIN (SELECT t.nspname, t.relname, c.relname AS index, c.oid
                         FROM user_table t
                         JOIN pg_index x ON x.indrelid = t.oid
                         JOIN pg_class c ON c.oid = x.indexrelid
                        WHERE t.kept) i ON true
          """);

  private static final Family<UserTables.Omitted> OMITTED =
      UserTables.Omitted.family(
          "pg_statio_user_indexes_omitted",
          "Indexes of the database that belong to tables which the configured bound left out, from"
              + " pg_index.");

  private final int maxTables;
  private final List<Family<Row>> families;

  private StatioUserIndexesScraper(int maxTables, LabelSet<Row> labels) {
    this.maxTables = maxTables;
    this.families =
        Family.labelled(
            labels,
            List.of(
                Columns.counter(
                    "pg_statio_user_indexes_idx_blks_read_total",
                    "Blocks of the index read, from pg_statio_user_indexes.",
                    "idx_blks_read"),
                Columns.counter(
                    "pg_statio_user_indexes_idx_blks_hit_total",
                    "Blocks of the index found in the cache, from pg_statio_user_indexes.",
                    "idx_blks_hit")));
  }

  /**
   * Keeps the indexes of that many tables, the largest ones.
   *
   * @param everyDatabase adds the label {@code datname}, which tells indexes of several databases
   *     apart
   */
  static PgScraper largest(int maxTables, boolean everyDatabase) {
    LabelSet<Row> labels = Columns.labels("schemaname", "relname", "indexrelname");
    return new StatioUserIndexesScraper(
        maxTables, everyDatabase ? labels.and("datname", row -> row.text("datname")) : labels);
  }

  @Override
  public String name() {
    return "statio_user_indexes";
  }

  @Override
  public List<? extends Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(families);
    all.add(OMITTED);
    return all;
  }

  @Override
  public Snapshot scrape(PgSession session, Deadline deadline)
      throws ScrapeException, UnsupportedException {
    List<Row> rows = session.query(SQL, deadline, maxTables);
    double omitted = rows.get(0).number("omitted", 0);
    // Where no index is kept, one row tells how many were not.
    List<Row> kept = rows.get(0).text("indexrelname") == null ? List.of() : rows;
    return Snapshot.of(families, kept)
        .and(
            Snapshot.of(
                List.of(OMITTED), new UserTables.Omitted(session.server().database(), omitted)));
  }
}
