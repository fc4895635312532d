package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.UnsupportedException;
import java.util.List;

/**
 * The transaction log's position on servers older than PostgreSQL 10, none of which is supported:
 * here so that a configuration that names it is not refused.
 */
record XlogLocationScraper() implements PgScraper {
  static final PgScraper XLOG_LOCATION = new XlogLocationScraper();

  private static final List<Family<Void>> FAMILIES =
      List.of(
          Family.gauge(
              "pg_xlog_location_bytes",
              "Always absent: pg_current_xlog_location() of servers older than PostgreSQL 10, in"
                  + " bytes.",
              row -> null));

  @Override
  public String name() {
    return "xlog_location";
  }

  @Override
  public List<Family<Void>> families() {
    return FAMILIES;
  }

  @Override
  public Snapshot scrape(PgSession session, Deadline deadline) throws UnsupportedException {
    throw new UnsupportedException("needs a server older than PostgreSQL 10");
  }
}
