package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.aurorapostgres.session.ServerInfo;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import java.util.List;

/** The server's version, known since the connection was made; nothing is asked. */
final class StaticScraper implements PgScraper {
  static final PgScraper STATIC = new StaticScraper();

  private static final List<Family<ServerInfo>> FAMILIES =
      List.of(
          Family.<ServerInfo>untyped(
                  "pg_static",
                  "Always 1; the labels tell the server's version, from version() and"
                      + " server_version_num.",
                  server -> 1)
              .labels(
                  LabelSet.<ServerInfo>of("version", ServerInfo::version)
                      .and("short_version", ServerInfo::shortVersion)));

  private StaticScraper() {}

  @Override
  public String name() {
    return "static";
  }

  @Override
  public List<Family<ServerInfo>> families() {
    return FAMILIES;
  }

  @Override
  public Snapshot scrape(PgSession session, Deadline deadline) {
    return Snapshot.of(FAMILIES, session.server());
  }
}
