package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.scrapers.MixedScraper.Kind;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * Indexes of a database that cost writes and serve no query, as building them failed. One that is
 * being built is no such index, and neither are those of a table that REINDEX CONCURRENTLY is
 * working on, which makes all new ones before it fills the first.
 */
final class InvalidIndexesScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          WITH invalid AS MATERIALIZED (
            SELECT i.indexrelid, i.indrelid
              FROM pg_index i
             WHERE (NOT i.indisvalid OR NOT i.indisready)
               AND NOT EXISTS (
                     SELECT FROM pg_stat_progress_create_index p
                      WHERE p.datname = current_database()
                        AND (p.index_relid = i.indexrelid
                             OR p.relid = i.indrelid AND p.command LIKE 'REINDEX%')))
          SELECT 'index' AS kind, current_database()::text AS datname,
                 n.nspname::text AS schemaname, t.relname::text AS relname,
                 x.relname::text AS indexrelname, 1 AS indexes
            FROM (SELECT * FROM invalid ORDER BY indexrelid LIMIT 100) i
            JOIN pg_class x ON x.oid = i.indexrelid
            JOIN pg_class t ON t.oid = i.indrelid
            JOIN pg_namespace n ON n.oid = x.relnamespace
           UNION ALL
          SELECT 'database', current_database()::text, NULL, NULL, NULL, count(*)
            FROM invalid
          """);

  private static final List<Family<Row>> BY_INDEX =
      Family.labelled(
          Columns.labels("datname", "schemaname", "relname", "indexrelname"),
          List.of(
              Columns.gauge(
                  "pg_invalid_index",
                  "1 for an index that no query uses, as it is not indisvalid or not indisready in"
                      + " pg_index and nobody is building it; the first 100 of the database.",
                  "indexes")));

  private static final List<Family<Row>> BY_DATABASE =
      Family.labelled(
          Columns.labels("datname"),
          List.of(
              Columns.gauge(
                  "pg_invalid_indexes",
                  "Indexes of the database that no query uses, as they are not indisvalid or not"
                      + " indisready in pg_index and nobody is building them.",
                  "indexes")));

  static final PgScraper INVALID_INDEXES =
      MixedScraper.of(
          "invalid_indexes",
          SQL,
          List.of(Kind.of("index", BY_INDEX), Kind.of("database", BY_DATABASE)));

  private InvalidIndexesScraper() {}
}
