package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/** When the server was started, from pg_postmaster_start_time(). */
final class PostmasterScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(13, "SELECT extract(epoch FROM pg_postmaster_start_time()) AS started");

  private static final List<Family<Row>> FAMILIES =
      List.of(
          Columns.gauge(
              "pg_postmaster_start_time_seconds",
              "When the server was started, in seconds since 1970, from"
                  + " pg_postmaster_start_time().",
              "started"));

  static final PgScraper POSTMASTER = SqlScraper.of("postmaster", SQL, FAMILIES);

  private PostmasterScraper() {}
}
