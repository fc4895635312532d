package dev.yagura.aurorapostgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.scrape.RunReport;
import dev.yagura.testing.FrozenWire;
import dev.yagura.testing.LeakCheck;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every bad input that issue 2 lists: the scrape answers in time and says what is wrong. */
@Timeout(180)
class BadInputIT {
  private static final PostgresServer SERVER = PostgresServer.shared(17);
  private static final Duration BUDGET = Duration.ofSeconds(3);

  @TempDir Path folder;

  @Test
  void aWrongPasswordIsDeniedAndTriedOnceAScrape() throws Exception {
    try (PostgresServer server = passwordServer();
        Watch watch =
            Watch.of(
                "",
                Map.of(
                    "DATA_SOURCE_NAME",
                    "postgresql://reader:wrong@127.0.0.1:"
                        + server.port()
                        + "/postgres?sslmode=disable"))) {
      isDown(watch.scrape(), "denied");
      isDown(watch.scrape(), "denied");
      assertThat(
              server.log().lines().filter(line -> line.contains("password authentication failed")))
          .hasSize(2);
    }
  }

  @Test
  void aRotatedPasswordFileWorksWithoutARestart() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "wrong\n");
    try (PostgresServer server = passwordServer();
        Watch watch =
            Watch.of(
                """
                targets:
                  - {name: one, url: "postgresql://127.0.0.1:%d/postgres?sslmode=disable",
                     user: reader, password_file: %s}
                """
                    .formatted(server.port(), file))) {
      isDown(watch.scrape(), "denied");
      Files.writeString(file, "right\n");
      isUp(watch.scrape());
    }
  }

  @Test
  void aMissingPasswordFileIsDeniedAndNamesTheFile() {
    try (Watch watch =
        Watch.of(
            """
            targets:
              - {url: "postgresql://127.0.0.1:%d/postgres", user: reader, password_file: /no/such}
            """
                .formatted(SERVER.port()))) {
      isDown(watch.scrape(), "denied");
      assertThat(watch.exporter().status().get(0).report())
          .extracting(RunReport::failure)
          .asString()
          .contains("/no/such");
    }
  }

  @Test
  void aHostThatDoesNotResolveIsUnreachable() {
    try (Watch watch =
        Watch.of("", Map.of("DATA_SOURCE_NAME", "postgresql://u:p@no-such-host.invalid/db"))) {
      isDown(watch.scrape(), "unreachable");
    }
  }

  @Test
  void aServerThatIsDownIsUnreachableAndComesBackByItself() throws Exception {
    try (PostgresServer server = PostgresServer.start(16, Map.of());
        Watch watch = Watch.port(server.port(), "postgres")) {
      isUp(watch.scrape());
      server.stopHard();
      isDown(watch.scrape(), "unreachable");
      isDown(watch.scrape(), "unreachable");
      server.restart();
      isUp(watch.scrape());
    }
  }

  @Test
  void aServerThatFreezesTimesOutWithinTheDeadlineAndComesBackByItself() throws Exception {
    try (PostgresServer server = PostgresServer.start(15, Map.of());
        Watch watch = Watch.port(server.port(), "postgres")) {
      isUp(watch.scrape());
      server.freeze();
      try {
        long begin = System.nanoTime();
        isDown(watch.scrape(BUDGET), "timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BUDGET.plusMillis(500));
      } finally {
        server.thaw();
      }
      isUp(watch.scrape());
    }
  }

  @Test
  void aWireThatFreezesInMidAnswerTimesOutAndTheNextScrapeIsWhole() {
    try (var wire = FrozenWire.to("127.0.0.1", SERVER.port());
        Watch watch = Watch.port(wire.port(), "postgres")) {
      isUp(watch.scrape());
      wire.freezeAfter(20_000);
      ParsedExposition frozen = watch.scrape(BUDGET);
      assertThat(frozen.samples("yagura_scrape_success")).anyMatch(sample -> sample.value() == 0);
      assertThat(frozen.samples("yagura_scrape_failures_total"))
          .isNotEmpty()
          .allMatch(sample -> sample.label("reason").equals("timeout"));
      wire.thaw();
      isUp(watch.scrape());
    }
  }

  @Test
  void tlsThatIsRequiredAndRefusedIsUnreachable() {
    try (Watch watch =
        Watch.of(
            "",
            Map.of(
                "DATA_SOURCE_NAME",
                "postgresql://postgres@127.0.0.1:"
                    + SERVER.port()
                    + "/postgres?sslmode=require"))) {
      isDown(watch.scrape(), "unreachable");
    }
  }

  @Test
  void aDatabaseThatIsDroppedIsUnreachableAndItsReturnIsSeen() throws Exception {
    String database = SERVER.createDatabase();
    try (Watch watch = Watch.port(SERVER.port(), database)) {
      isUp(watch.scrape());
      SERVER.dropDatabase(database);
      isDown(watch.scrape(), "unreachable");
      SERVER.execute("postgres", "CREATE DATABASE " + database);
      isUp(watch.scrape());
    } finally {
      SERVER.dropDatabase(database);
    }
  }

  @Test
  void aConnectionThatIsResetBetweenScrapesCostsNoScrape() {
    try (var wire = FrozenWire.to("127.0.0.1", SERVER.port());
        Watch watch = Watch.port(wire.port(), "postgres")) {
      isUp(watch.scrape());
      wire.cut();
      isUp(watch.scrape());
      assertThat(wire.connections()).isEqualTo(2);
    }
  }

  @Test
  void aServerWithoutAConnectionLeftIsThrottled() throws Exception {
    try (PostgresServer server =
        PostgresServer.start(
            17, Map.of("max_connections", "5", "superuser_reserved_connections", "3"))) {
      server.execute("postgres", "CREATE ROLE reader LOGIN IN ROLE pg_monitor");
      try (var one = reader(server);
          var two = reader(server);
          Watch watch =
              Watch.of(
                  "",
                  Map.of(
                      "DATA_SOURCE_NAME",
                      "postgresql://reader@127.0.0.1:"
                          + server.port()
                          + "/postgres?sslmode=disable"))) {
        assertThat(one.isClosed() || two.isClosed()).isFalse();
        isDown(watch.scrape(), "throttled");
      }
    }
  }

  @Test
  void namesWithQuotesNewlinesAndEmojiAreShownWhole() throws Exception {
    String database = SERVER.createDatabase();
    String name = "a\"b\\c\nd" + "🗼".repeat(12);
    SERVER.execute(database, "CREATE TABLE \"" + name.replace("\"", "\"\"") + "\" (id int)");
    try (Watch watch = Watch.port(SERVER.port(), database)) {
      assertThat(watch.scrape().value("pg_stat_user_tables_n_live_tup", "relname", name))
          .isEqualTo(OptionalDouble.of(0));
    } finally {
      SERVER.dropDatabase(database);
    }
  }

  @Test
  void aScrapeLeavesNoTransactionAndOneSession() throws Exception {
    var threads = LeakCheck.threads("scrape-aurora-postgres");
    try (Watch watch = Watch.port(SERVER.port(), "postgres")) {
      isUp(watch.scrape());
      assertThat(SERVER.sessions("yagura")).isEqualTo(1);
      LeakCheck.assertNoTransactions(SERVER, "yagura");
    }
    LeakCheck.assertNoSessions(SERVER, "yagura");
    threads.assertNoNewThreads();
  }

  @Test
  void aPauseSafeTargetKeepsNoSession() throws Exception {
    try (Watch watch =
        Watch.of(
            "targets: [{url: \"%s\", pause_safe: true}]"
                .formatted(Watch.address(SERVER.port(), "postgres")))) {
      isUp(watch.scrape());
      LeakCheck.assertNoSessions(SERVER, "yagura");
    }
  }

  private PostgresServer passwordServer() throws SQLException {
    return PasswordServer.start(Map.of());
  }

  private static java.sql.Connection reader(PostgresServer server) throws SQLException {
    return java.sql.DriverManager.getConnection(server.jdbcUrl("postgres", "reader"));
  }

  private static void isUp(ParsedExposition scrape) {
    assertThat(scrape.value("pg_up")).isEqualTo(OptionalDouble.of(1));
    assertThat(scrape.samples("yagura_scrape_success"))
        .isNotEmpty()
        .allMatch(sample -> sample.value() == 1);
  }

  private static void isDown(ParsedExposition scrape, String reason) {
    assertThat(scrape.value("pg_up")).isEqualTo(OptionalDouble.of(0));
    assertThat(scrape.samples("yagura_scrape_success"))
        .isNotEmpty()
        .allMatch(sample -> sample.value() == 0);
    assertThat(scrape.samples("yagura_scrape_failures_total"))
        .isNotEmpty()
        .allMatch(sample -> sample.label("reason").equals(reason));
    assertThat(scrape.families()).noneMatch(name -> name.startsWith("pg_stat_"));
  }
}
