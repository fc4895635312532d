package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Requirement;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/** What the archiver has shipped and failed to ship, from pg_stat_archiver. */
final class StatArchiverScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT archived_count,
                 failed_count,
                 extract(epoch FROM now() - last_archived_time) AS last_archive_age
            FROM pg_stat_archiver
          """);

  private static final List<Family<Row>> FAMILIES =
      List.of(
          Columns.counter(
              "pg_stat_archiver_archived_count",
              "WAL files archived, from archived_count in pg_stat_archiver.",
              "archived_count"),
          Columns.counter(
              "pg_stat_archiver_failed_count",
              "Attempts to archive a WAL file that failed, from failed_count in pg_stat_archiver.",
              "failed_count"),
          Columns.gauge(
              "pg_stat_archiver_last_archive_age",
              "Time since a WAL file was last archived in seconds, absent where none ever was, from"
                  + " last_archived_time in pg_stat_archiver.",
              "last_archive_age"));

  static final PgScraper STAT_ARCHIVER =
      SqlScraper.of("stat_archiver", SQL, FAMILIES)
          .requires(Requirement.notAurora("its storage keeps the log, no file is archived"));

  private StatArchiverScraper() {}
}
