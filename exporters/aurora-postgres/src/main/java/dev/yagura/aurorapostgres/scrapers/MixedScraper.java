package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.ServerInfo;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.UnsupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A question that is one statement whose rows are of several kinds, such as one row a database and
 * one for the whole server: the column named kind tells which families a row is a sample of.
 *
 * @param sql chosen by what the server is, and then by its version
 * @param parameters bound in order
 */
record MixedScraper(
    String name, Function<ServerInfo, VersionedSql> sql, List<Kind> kinds, List<Object> parameters)
    implements PgScraper {

  /** Rows of one kind, and the families that they are samples of. */
  record Kind(String name, List<Family<Row>> families) {
    static Kind of(String name, List<Family<Row>> families) {
      return new Kind(name, List.copyOf(families));
    }
  }

  MixedScraper {
    kinds = List.copyOf(kinds);
    parameters = List.copyOf(parameters);
  }

  /** A question that reads the same for every server of a version. */
  static MixedScraper of(String name, VersionedSql sql, List<Kind> kinds, Object... parameters) {
    return new MixedScraper(name, server -> sql, kinds, List.of(parameters));
  }

  @Override
  public List<Family<Row>> families() {
    return kinds.stream().flatMap(kind -> kind.families().stream()).toList();
  }

  @Override
  public Snapshot scrape(PgSession session, Deadline deadline)
      throws ScrapeException, UnsupportedException {
    List<Row> rows =
        session.query(sql.apply(session.server()), deadline, parameters.toArray(new Object[0]));
    List<Snapshot> all = new ArrayList<>();
    for (Kind kind : kinds) {
      all.add(
          Snapshot.of(
              kind.families(),
              rows.stream().filter(row -> kind.name().equals(row.text("kind"))).toList()));
    }
    return Snapshot.join(all);
  }
}
