package dev.yagura.aurorapostgres.scrapers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.yagura.aurorapostgres.session.Address;
import dev.yagura.aurorapostgres.session.Connector;
import dev.yagura.aurorapostgres.session.KeptConnection;
import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Exposition;
import dev.yagura.core.metrics.Format;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.testing.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a scraper answered about a real server: the text it gives, and its samples.
 *
 * @param duplicates rows that were left out as their labels were there already
 */
record Answer(String text, Map<String, Double> samples, int duplicates) {

  static Answer of(PgScraper scraper, PostgresServer server, String database) throws Exception {
    return of(scraper, server, database, "postgres");
  }

  static Answer of(PgScraper scraper, PostgresServer server, String database, String user)
      throws Exception {
    var address =
        Address.parse("postgresql://" + user + "@127.0.0.1:" + server.port() + "/" + database);
    try (var connection =
        new KeptConnection(new Connector(address, "", null), true, System::nanoTime)) {
      Deadline deadline = Deadline.after(Duration.ofSeconds(10), System::nanoTime);
      Snapshot snapshot = scraper.scrape(connection.open(deadline), deadline);
      Samples samples = Samples.of(List.of(snapshot), ConstantLabels.none());
      var out = new ByteArrayOutputStream();
      new Exposition(List.of(samples), name -> true).write(out, Format.TEXT);
      String text = out.toString(UTF_8);
      Map<String, Double> values = new TreeMap<>();
      text.lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(
              line -> {
                int space = line.lastIndexOf(' ');
                values.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
              });
      return new Answer(text, values, samples.duplicates());
    }
  }

  /** The value of a series as it is written, or null where it is absent. */
  @Nullable Double value(String series) {
    return samples.get(series);
  }

  /** The names of the families that have a sample. */
  Set<String> names() {
    return samples.keySet().stream()
        .map(series -> series.replaceFirst("\\{.*", ""))
        .collect(Collectors.toSet());
  }

  /** The series of a family. */
  Set<String> series(String family) {
    return samples.keySet().stream()
        .filter(series -> series.equals(family) || series.startsWith(family + "{"))
        .collect(Collectors.toSet());
  }
}
