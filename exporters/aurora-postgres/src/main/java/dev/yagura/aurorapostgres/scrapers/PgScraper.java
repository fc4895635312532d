package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Scraper;
import java.util.List;

/** Asks a server, or one of its databases, one question; the session is given with each scrape. */
public interface PgScraper {
  /** Stable name: configuration key, {@code scraper} and {@code collector} label value. */
  String name();

  /** Every family this may emit. */
  List<? extends Family<?>> families();

  /**
   * Asks once.
   *
   * @throws Exception as {@link Scraper#scrape}
   */
  Snapshot scrape(PgSession session, Deadline deadline) throws Exception;

  /** This question put to one session. */
  default Scraper on(PgSession session) {
    PgScraper question = this;
    return new Scraper() {
      @Override
      public String name() {
        return question.name();
      }

      @Override
      public List<? extends Family<?>> families() {
        return question.families();
      }

      @Override
      public Snapshot scrape(Deadline deadline) throws Exception {
        return question.scrape(session, deadline);
      }
    };
  }
}
