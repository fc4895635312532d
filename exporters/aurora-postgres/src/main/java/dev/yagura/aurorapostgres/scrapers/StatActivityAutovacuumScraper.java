package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * When autovacuum began with each table it is at work on, from pg_stat_activity. The name is the
 * table's alone: what the server writes behind it is cut off, and of tables that share a name in
 * several schemas or databases the one that takes longest stands for all.
 */
final class StatActivityAutovacuumScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT regexp_replace(
                   substring(query FROM '^[^.]*\\.(.*)$'),
                   CASE WHEN query LIKE 'autovacuum: BRIN summarize %' THEN ' \\d+$'
                        ELSE ' \\(to prevent wraparound\\)$' END,
                   '') AS relname,
                 extract(epoch FROM min(xact_start)) AS started
            FROM pg_stat_activity
           WHERE backend_type = 'autovacuum worker'
             AND query LIKE 'autovacuum:%'
           GROUP BY 1
          """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("relname"),
          List.of(
              Columns.gauge(
                  "pg_stat_activity_autovacuum_timestamp_seconds",
                  "When autovacuum began with the table of this name, the earliest where several"
                      + " have it, in seconds since 1970, from xact_start in pg_stat_activity.",
                  "started")));

  static final PgScraper STAT_ACTIVITY_AUTOVACUUM =
      SqlScraper.of("stat_activity_autovacuum", SQL, FAMILIES);

  private StatActivityAutovacuumScraper() {}
}
