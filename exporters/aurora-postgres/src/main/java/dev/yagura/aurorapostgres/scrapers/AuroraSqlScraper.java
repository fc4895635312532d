package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.UnsupportedException;
import java.util.List;

/**
 * A question that is one statement, and another one on Aurora, which refuses a statement as a whole
 * for one function it lacks. Families whose column Aurora's statement leaves out have no sample
 * there.
 */
record AuroraSqlScraper(
    String name, VersionedSql sql, VersionedSql onAurora, List<Family<Row>> families)
    implements PgScraper {

  AuroraSqlScraper {
    families = List.copyOf(families);
  }

  @Override
  public Snapshot scrape(PgSession session, Deadline deadline)
      throws ScrapeException, UnsupportedException {
    VersionedSql statement = session.server().aurora() ? onAurora : sql;
    return Snapshot.of(families, session.query(statement, deadline));
  }
}
