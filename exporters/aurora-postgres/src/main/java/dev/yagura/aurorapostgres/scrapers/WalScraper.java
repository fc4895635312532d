package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Requirement;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/** How many WAL segments there are and what room they take, from pg_ls_waldir(). */
final class WalScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT count(*) AS segments,
                 sum(size) AS size
            FROM pg_ls_waldir()
           WHERE name ~ '^[0-9A-F]{24}$'
          """);

  private static final List<Family<Row>> FAMILIES =
      List.of(
          Columns.gauge(
              "pg_wal_segments",
              "WAL segments in pg_wal, those kept for reuse included, from pg_ls_waldir().",
              "segments"),
          Columns.gauge(
              "pg_wal_size_bytes",
              "Size of all WAL segments in pg_wal in bytes, from pg_ls_waldir().",
              "size"));

  static final PgScraper WAL =
      SqlScraper.of("wal", SQL, FAMILIES)
          .requires(Requirement.notAurora("it has no directory of WAL segments"));

  private WalScraper() {}
}
