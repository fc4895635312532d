package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.VersionedSql;
import java.util.List;

/** How many settings were changed and wait for a restart, from pg_settings. */
final class PendingRestartScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(13, "SELECT count(*) AS settings FROM pg_settings WHERE pending_restart");

  static final PgScraper PENDING_RESTART =
      SqlScraper.of(
          "pending_restart",
          SQL,
          List.of(
              Columns.gauge(
                  "pg_pending_restart_settings",
                  "Settings whose new value is in force only after a restart, from pending_restart"
                      + " of pg_settings.",
                  "settings")));

  private PendingRestartScraper() {}
}
