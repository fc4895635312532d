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
 * A question that is one statement: every row of its answer is a sample of every family.
 *
 * @param requirements checked in order before the statement is sent
 */
public record SqlScraper(
    String name, VersionedSql sql, List<Family<Row>> families, List<Requirement> requirements)
    implements PgScraper {

  public SqlScraper {
    families = List.copyOf(families);
    requirements = List.copyOf(requirements);
  }

  /** A question that every server can be asked. */
  static SqlScraper of(String name, VersionedSql sql, List<Family<Row>> families) {
    return new SqlScraper(name, sql, families, List.of());
  }

  /** This question, asked only where the server meets this as well. */
  SqlScraper requires(Requirement requirement) {
    var more = new java.util.ArrayList<>(requirements);
    more.add(requirement);
    return new SqlScraper(name, sql, families, more);
  }

  @Override
  public Snapshot scrape(PgSession session, Deadline deadline)
      throws ScrapeException, UnsupportedException {
    for (Requirement requirement : requirements) {
      requirement.check(session.server());
    }
    return Snapshot.of(families, session.query(sql, deadline));
  }
}
