package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.aurorapostgres.session.Requirement;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.UnsupportedException;
import java.util.List;

/**
 * How warm the writer keeps the cache of the reader that would take over, from {@code
 * aurora_ccm_status()}. Only a writer tells it, and only where cluster cache management is on.
 */
final class AuroraCcmScraper implements PgScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT w.period AS period,
                 w.sent AS sent,
                 w.found AS found,
                 w.visited AS visited
            FROM aurora_ccm_status() s
           CROSS JOIN LATERAL (
                   VALUES ('last_minute', s.buffers_sent_last_minute,
                           s.buffers_found_last_minute, NULL),
                          ('last_scan', s.buffers_sent_last_scan,
                           s.buffers_found_last_scan, NULL),
                          ('current_scan', s.buffers_sent_current_scan,
                           s.buffers_found_current_scan, s.current_scan_progress))
                 w (period, sent, found, visited)
          """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("period"),
          List.of(
              Columns.gauge(
                  "aurora_ccm_sent_buffers",
                  "Buffers sent to the reader that would take over, in the last minute, the last"
                      + " scan or the current one, from buffers_sent_* of aurora_ccm_status().",
                  "sent"),
              Columns.gauge(
                  "aurora_ccm_found_buffers",
                  "Buffers found to be used often, in the last minute, the last scan or the current"
                      + " one, from buffers_found_* of aurora_ccm_status().",
                  "found"),
              Columns.gauge(
                  "aurora_ccm_visited_buffers",
                  "Buffers that the current scan has looked at so far, from current_scan_progress"
                      + " of aurora_ccm_status().",
                  "visited")));

  private static final Requirement WRITER =
      server -> {
        if (server.replica()) {
          throw new UnsupportedException("only the writer tells it");
        }
      };

  private static final String DISABLED = "Cluster Cache Manager is disabled";

  private static final SqlScraper QUESTION =
      SqlScraper.of("aurora_ccm", SQL, FAMILIES)
          .requires(Requirement.auroraFunction("aurora_ccm_status"))
          .requires(WRITER);

  static final PgScraper CCM = new AuroraCcmScraper();

  private AuroraCcmScraper() {}

  @Override
  public String name() {
    return QUESTION.name();
  }

  @Override
  public List<? extends Family<?>> families() {
    return QUESTION.families();
  }

  @Override
  public Snapshot scrape(PgSession session, Deadline deadline)
      throws ScrapeException, UnsupportedException {
    try {
      return QUESTION.scrape(session, deadline);
    } catch (ScrapeException e) {
      // The SQLSTATE of it is not documented, its text is.
      if (String.valueOf(e.getMessage()).contains(DISABLED)) {
        throw new UnsupportedException(DISABLED);
      }
      throw e;
    }
  }
}
