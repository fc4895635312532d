package dev.yagura.aurorapostgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.aurorapostgres.scrapers.Catalogue;
import dev.yagura.aurorapostgres.scrapers.Compatibility;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.Goldens;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.PostgresServer;
import dev.yagura.testing.Promtool;
import dev.yagura.testing.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every statement of every scraper runs on every supported server, as itself and as an Aurora. */
@Timeout(120)
class EveryScraperIT {
  private static final Goldens GOLDENS = Goldens.in(EveryScraperIT.class);

  static List<Integer> majors() {
    return PostgresServer.majors();
  }

  @ParameterizedTest
  @MethodSource("majors")
  void onEveryMajorAllAnswerButThoseThatItCannotHave(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String database = database(server);
    try (Watch watch = everything(server, database)) {
      String text = watch.text(Duration.ofSeconds(30));
      ParsedExposition scrape = Expositions.parse(text);
      assertThat(unsupported(scrape)).isEqualTo(without(major));
      allSucceed(scrape);
      isLintClean(text);
      GOLDENS.assertMatches("postgres-" + major, shape(scrape));
    } finally {
      server.dropDatabase(database);
    }
  }

  @ParameterizedTest
  @MethodSource("majors")
  void onAnAuroraOfEveryMajorNoneFailsAndTheRoleIsStillThere(int major) throws Exception {
    try (PostgresServer server = PostgresServer.start(major, Map.of())) {
      String database = database(server);
      server.execute(
          database, resource("/aurora/stand-ins.sql"), resource("/aurora/unsupported.sql"));
      try (Watch watch = everything(server, database)) {
        String text = watch.text(Duration.ofSeconds(30));
        ParsedExposition scrape = Expositions.parse(text);
        allSucceed(scrape);
        isLintClean(text);
        assertThat(unsupported(scrape))
            .contains("wal", "stat_wal_receiver", "stat_archiver")
            .doesNotContain("aurora_replica_status", "aurora_waits", "aurora_dml", "replication");
        assertThat(scrape.value("pg_replication_is_replica")).hasValue(0);
        assertThat(scrape.families()).doesNotContain("pg_replication_lag_seconds");
        GOLDENS.assertMatches("aurora-" + major, shape(scrape));
      }
    }
  }

  private static String database(PostgresServer server) throws SQLException {
    String database = server.createDatabase();
    server.execute(
        database,
        "CREATE EXTENSION pg_stat_statements",
        "CREATE EXTENSION pg_buffercache",
        "CREATE TABLE things (id serial PRIMARY KEY, words text)",
        "INSERT INTO things (words) SELECT repeat('x', 9) FROM generate_series(1, 100)");
    return database;
  }

  private static Watch everything(PostgresServer server, String database) {
    String collectors =
        Catalogue.Choice.all().make("", Compatibility.NONE, () -> 0).stream()
            .map(chosen -> chosen.scraper().name() + ": {enabled: true}")
            .collect(Collectors.joining(", "));
    return Watch.of(
        "collectors: {" + collectors + "}",
        Map.of("DATA_SOURCE_NAME", Watch.address(server.port(), database)));
  }

  private static Set<String> without(int major) {
    Set<String> expected =
        Catalogue.Choice.all().make("", Compatibility.NONE, () -> 0).stream()
            .map(chosen -> chosen.scraper().name())
            .filter(name -> name.startsWith("aurora_"))
            .collect(Collectors.toCollection(TreeSet::new));
    expected.add("xlog_location");
    if (major < 14) {
      expected.add("stat_wal");
    }
    if (major < 16) {
      expected.addAll(Set.of("stat_io", "buffercache_summary"));
    }
    if (major < 17) {
      expected.add("stat_checkpointer");
    }
    return expected;
  }

  private static void allSucceed(ParsedExposition scrape) {
    assertThat(scrape.samples("yagura_scrape_success"))
        .isNotEmpty()
        .allMatch(success -> success.value() == 1);
    assertThat(scrape.samples("yagura_scrape_duplicate_rows"))
        .allMatch(duplicates -> duplicates.value() == 0);
  }

  private static Set<String> unsupported(ParsedExposition scrape) {
    return scrape.samples("yagura_scrape_unsupported").stream()
        .map(sample -> sample.label("scraper"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void isLintClean(String text) throws IOException {
    Promtool.assumePresent();
    Set<String> excused = NamesTest.excused();
    assertThat(Promtool.complaints(text))
        .filteredOn(complaint -> !NamesTest.isExcused(complaint, excused))
        .isEmpty();
  }

  /** Which families there are, of which type and with which labels; not what they say. */
  private static String shape(ParsedExposition scrape) {
    Map<String, Set<String>> labels = new TreeMap<>();
    for (Sample sample : scrape.samples()) {
      if (isOfEveryRun(sample.name())) {
        labels
            .computeIfAbsent(sample.name(), name -> new TreeSet<>())
            .addAll(sample.labels().keySet());
      }
    }
    var text = new StringBuilder();
    scrape
        .types()
        .forEach(
            (name, type) -> {
              if (isOfEveryRun(name)) {
                text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
              }
            });
    labels.forEach(
        (name, names) ->
            text.append(name).append('{').append(String.join(",", names)).append("}\n"));
    return text.toString();
  }

  /** Before 15 a collector writes statistics when it comes to it; settings are another test's. */
  private static boolean isOfEveryRun(String name) {
    return !name.startsWith("pg_settings_") && !name.equals("pg_stat_database_stats_reset");
  }

  private static String resource(String path) throws IOException {
    try (InputStream in = Objects.requireNonNull(EveryScraperIT.class.getResourceAsStream(path))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
