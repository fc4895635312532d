package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.aurorapostgres.session.KeptConnection;
import dev.yagura.core.scrape.UnsupportedException;
import dev.yagura.testing.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StatementsIT {
  static Stream<PostgresServer> servers() {
    return PostgresServer.majors().stream().map(PostgresServer::shared);
  }

  /** Two entries of one statement where the server tells them apart: in a function and out. */
  private static String database(PostgresServer server) throws Exception {
    String database = server.createDatabase();
    server.execute(
        database,
        "CREATE SCHEMA ext",
        "CREATE EXTENSION pg_stat_statements SCHEMA ext",
        "CREATE TABLE t (a int)",
        "INSERT INTO t VALUES (1)",
        "SET pg_stat_statements.track = 'all'; SELECT sum(a) AS yagura FROM t;"
            + " DO $$ BEGIN PERFORM sum(a) AS yagura FROM t; END $$; SELECT sum(a) AS yagura FROM"
            + " t");
    return database;
  }

  private static StatStatementsScraper.Options options(
      boolean query, List<String> databases, List<String> users) {
    return new StatStatementsScraper.Options(5_000, query, 10, databases, users);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void entriesOfOneStatementAreAddedUp(PostgresServer server) throws Exception {
    String database = database(server);
    Map<String, Double> values =
        Scraped.of(
            server, database, StatStatementsScraper.create(options(true, List.of(), List.of())));

    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT queryid, sum(calls), sum(total_exec_time) / 1000 FROM"
                    + " ext.pg_stat_statements JOIN pg_database d ON d.oid = dbid WHERE datname ="
                    + " current_database() AND query LIKE '%yagura FROM t%' GROUP BY queryid")) {
      while (row.next()) {
        String labels =
            "{datname=\"" + database + "\",queryid=\"" + row.getString(1) + "\",user=\"postgres\"}";
        assertThat(values)
            .containsEntry("pg_stat_statements_calls_total" + labels, row.getDouble(2))
            .containsEntry("pg_stat_statements_seconds_total" + labels, row.getDouble(3));
      }
    }
    assertThat(values.keySet())
        .anyMatch(
            series ->
                series.startsWith("pg_stat_statements_query_id{query=\"SELECT sum\",queryid"));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void textsAreShownOnlyOnDemandAndNeverAPassword(PostgresServer server) throws Exception {
    String database = database(server);
    server.execute(database, "CREATE ROLE secret_" + database + " PASSWORD 'hidden'");
    var none = StatStatementsScraper.create(options(false, List.of(), List.of()));
    var all =
        StatStatementsScraper.create(
            new StatStatementsScraper.Options(5_000, true, 1_000, List.of(), List.of()));

    assertThat(Scraped.of(server, database, none).keySet())
        .isNotEmpty()
        .noneMatch(series -> series.contains("query="));
    assertThat(Scraped.of(server, database, all).keySet())
        .anyMatch(series -> series.contains("query=\"SELECT"))
        .noneMatch(series -> series.contains("hidden"));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void databasesAndUsersAreLeftOutByName(PostgresServer server) throws Exception {
    String database = database(server);

    assertThat(
            Scraped.of(
                    server,
                    database,
                    StatStatementsScraper.create(options(false, List.of(database), List.of())))
                .keySet())
        .noneMatch(series -> series.contains("\"" + database + "\""));
    assertThat(
            Scraped.of(
                server,
                database,
                StatStatementsScraper.create(options(false, List.of(), List.of("postgres", "x")))))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void noMoreStatementsThanTheLimitAreShown(PostgresServer server) throws Exception {
    var scraper =
        StatStatementsScraper.create(
            new StatStatementsScraper.Options(1, true, 10, List.of(), List.of()));

    assertThat(Scraped.of(server, database(server), scraper)).hasSizeBetween(5, 6);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void membersAndOtherIncreaseByAllThatWasCalled(PostgresServer server) throws Exception {
    String database = database(server);
    PgScraper top =
        TopStatementsScraper.create(new TopStatementsScraper.Options(2, 10, false, 100));
    try (KeptConnection connection = Scraped.connection(server, database)) {
      Scraped.of(connection.open(Scraped.deadline()), top);
      for (int round = 0; round < 3; round++) {
        double before = calls(Scraped.of(connection.open(Scraped.deadline()), top), database);
        String[] statements = new String[20];
        for (int i = 0; i < 20; i++) {
          statements[i] = "SELECT " + "1, ".repeat(i % 5) + "a FROM t";
        }
        server.execute(database, statements);
        Map<String, Double> after = Scraped.of(connection.open(Scraped.deadline()), top);

        // Besides these, the database sees what the scrape itself asks; 20 is the least.
        assertThat(calls(after, database) - before).isBetween(20.0, 26.0);
        assertThat(after.keySet())
            .filteredOn(series -> series.startsWith("pg_top_statements_calls_total"))
            .filteredOn(series -> !series.contains("queryid=\"other\""))
            .hasSizeLessThanOrEqualTo(2);
        assertThat(after.keySet())
            .anyMatch(series -> series.startsWith("pg_top_statements_info{query="));
      }
    }
  }

  private static double calls(Map<String, Double> values, String database) {
    return values.entrySet().stream()
        .filter(one -> one.getKey().startsWith("pg_top_statements_calls_total"))
        .filter(one -> one.getKey().contains("datname=\"" + database + "\""))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  @Test
  void aDatabaseWithoutTheExtensionIsNotSupported() throws Exception {
    PostgresServer server = PostgresServer.shared(17);
    String database = server.createDatabase();

    for (PgScraper scraper :
        List.of(
            StatStatementsScraper.create(StatStatementsScraper.Options.DEFAULTS),
            TopStatementsScraper.create(TopStatementsScraper.Options.DEFAULTS))) {
      assertThatThrownBy(() -> Scraped.of(server, database, scraper))
          .isInstanceOf(UnsupportedException.class)
          .hasMessageContaining("extension pg_stat_statements");
    }
  }
}
