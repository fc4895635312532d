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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A session with a real server, as a scrape opens it, and what scrapers say of it. */
final class Asked implements AutoCloseable {
  private final KeptConnection connection;
  private final PgSession session;

  Asked(PostgresServer server, String database) throws Exception {
    this(server, database, "postgres");
  }

  Asked(PostgresServer server, String database, String user) throws Exception {
    var address =
        Address.parse("postgresql://" + user + "@127.0.0.1:" + server.port() + "/" + database);
    connection = new KeptConnection(new Connector(address, "", null), true, System::nanoTime);
    session = connection.open(soon());
  }

  static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(20), System::nanoTime);
  }

  PgSession session() {
    return session;
  }

  /** Every sample by its name and labels, as the text format writes them. */
  Map<String, Double> samples(PgScraper scraper) throws Exception {
    return samples(scraper.scrape(session, soon()));
  }

  static Map<String, Double> samples(Snapshot snapshot) throws Exception {
    Samples samples = Samples.of(List.of(snapshot), ConstantLabels.none());
    if (samples.duplicates() > 0) {
      throw new AssertionError(samples.duplicates() + " rows have the labels of another");
    }
    var out = new ByteArrayOutputStream();
    new Exposition(List.of(samples), name -> true).write(out, Format.TEXT);
    Map<String, Double> all = new TreeMap<>();
    out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              all.put(line.substring(0, space), number(line.substring(space + 1)));
            });
    return all;
  }

  /** Those samples whose name and labels hold this text. */
  Map<String, Double> samples(PgScraper scraper, String text) throws Exception {
    return samples(scraper).entrySet().stream()
        .filter(sample -> sample.getKey().contains(text))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  @Override
  public void close() {
    connection.close();
  }
}
