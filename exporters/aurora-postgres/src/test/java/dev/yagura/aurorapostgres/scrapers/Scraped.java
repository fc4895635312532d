package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Address;
import dev.yagura.aurorapostgres.session.Connector;
import dev.yagura.aurorapostgres.session.KeptConnection;
import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Exposition;
import dev.yagura.core.metrics.Format;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.testing.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What scrapers say of a real server: each series with its value, as they are shown. */
final class Scraped {
  private Scraped() {}

  static Deadline deadline() {
    return Deadline.after(Duration.ofSeconds(30), System::nanoTime);
  }

  static KeptConnection connection(PostgresServer server, String database) {
    return new KeptConnection(
        new Connector(
            Address.parse("postgresql://postgres@127.0.0.1:" + server.port() + "/" + database),
            "",
            null),
        true,
        System::nanoTime);
  }

  /** All of these, in one session of their own. */
  static Map<String, Double> of(PostgresServer server, String database, PgScraper... scrapers)
      throws Exception {
    try (KeptConnection connection = connection(server, database)) {
      return of(connection.open(deadline()), scrapers);
    }
  }

  static Map<String, Double> of(PgSession session, PgScraper... scrapers) throws Exception {
    Map<String, Double> values = new LinkedHashMap<>();
    for (PgScraper scraper : scrapers) {
      values.putAll(values(scraper.scrape(session, deadline())));
    }
    return values;
  }

  private static Map<String, Double> values(Snapshot snapshot) throws Exception {
    var out = new ByteArrayOutputStream();
    new Exposition(List.of(Samples.of(List.of(snapshot), ConstantLabels.none())), name -> true)
        .write(out, Format.TEXT);
    Map<String, Double> values = new LinkedHashMap<>();
    for (String line : out.toString(StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        int space = line.lastIndexOf(' ');
        values.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
      }
    }
    return values;
  }
}
