package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.Await;
import dev.yagura.testing.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Laws of the drop-in scrapers that look at what sessions do. */
final class DropInActivityIT {
  private static final PostgresServer SERVER = PostgresServer.shared(17);

  private static String database = "";

  @BeforeAll
  static void createDatabase() throws SQLException {
    database = SERVER.createDatabase();
  }

  @AfterAll
  static void dropDatabase() throws SQLException {
    SERVER.dropDatabase(database);
  }

  private static Connection application(String name) throws SQLException {
    return DriverManager.getConnection(
        SERVER.jdbcUrl(database, "postgres") + "&ApplicationName=" + name);
  }

  @Test
  void everyGroupOfIdleSessionsIsShown() throws Exception {
    try (var idle = application("shop");
        var alsoIdle = application("shop");
        var inTransaction = application("report");
        var asked = new Asked(SERVER, database)) {
      inTransaction.setAutoCommit(false);
      touch(idle);
      touch(alsoIdle);
      touch(inTransaction);

      Map<String, Double> samples = asked.samples(ProcessIdleScraper.PROCESS_IDLE);

      String name = "pg_process_idle_seconds";
      String shop = "application_name=\"shop\",state=\"idle\"";
      assertThat(samples)
          .containsEntry(name + "_count{" + shop + "}", 2.0)
          .containsEntry(name + "_bucket{" + shop + ",le=\"300\"}", 2.0)
          .containsEntry(name + "_bucket{" + shop + ",le=\"+Inf\"}", 2.0)
          .containsEntry(
              name + "_count{application_name=\"report\",state=\"idle in transaction\"}", 1.0);
      assertThat(samples.keySet().stream().filter(key -> key.contains("_bucket{" + shop)))
          .hasSize(10);
      assertThat(samples.get(name + "_sum{" + shop + "}")).isNotNegative();
    }
  }

  @Test
  void everyStateOfEveryDatabaseIsThereAndTheExportersOwnSessionIsNot() throws Exception {
    try (var inTransaction = application("report");
        var asked = new Asked(SERVER, database)) {
      inTransaction.setAutoCommit(false);
      touch(inTransaction);

      Map<String, Double> ours =
          asked.samples(StatActivityScraper.STAT_ACTIVITY, "datname=\"" + database + "\"");
      Map<String, Double> templates =
          asked.samples(StatActivityScraper.STAT_ACTIVITY, "datname=\"template0\"");

      assertThat(templates).hasSize(12).allSatisfy((name, value) -> assertThat(value).isZero());
      String labels =
          "{application_name=\"report\",backend_type=\"client backend\",datname=\""
              + database
              + "\",state=\"idle in transaction\",usename=\"postgres\",wait_event=\"ClientRead\","
              + "wait_event_type=\"Client\"}";
      assertThat(ours).hasSize(12).containsEntry("pg_stat_activity_count" + labels, 1.0);
      assertThat(ours.get("pg_stat_activity_max_tx_duration" + labels)).isPositive();
      assertThat(ours.keySet()).noneMatch(name -> name.contains("yagura"));
    }
  }

  @Test
  void aTransactionIsLongRunningUnlessItsSessionIsIdle() throws Exception {
    PgScraper scraper = LongRunningTransactionsScraper.LONG_RUNNING_TRANSACTIONS;
    try (var session = application("report");
        var asked = new Asked(SERVER, database)) {
      touch(session);
      assertThat(asked.samples(scraper))
          .containsEntry("pg_long_running_transactions", 0.0)
          .containsEntry("pg_long_running_transactions_oldest_timestamp_seconds", 0.0);

      session.setAutoCommit(false);
      touch(session);
      Map<String, Double> samples = asked.samples(scraper);
      assertThat(samples).containsEntry("pg_long_running_transactions", 1.0);
      assertThat(samples.get("pg_long_running_transactions_oldest_timestamp_seconds")).isPositive();
    }
  }

  @Test
  void aVacuumIsNamedAsTheServerShowsItsTable() throws Exception {
    SERVER.execute(
        database,
        "CREATE SCHEMA archive",
        "CREATE TABLE \"odd \"\"Name\" AS SELECT i FROM generate_series(1, 20000) i",
        "CREATE TABLE archive.plain AS SELECT i FROM generate_series(1, 20000) i",
        // Stands before public.pg_class, which has to be called by its whole name.
        "CREATE TABLE public.pg_class AS SELECT i FROM generate_series(1, 20000) i",
        "ANALYZE");
    PgScraper scraper = StatProgressVacuumScraper.STAT_PROGRESS_VACUUM;

    try (var first = slowVacuum("\"odd \"\"Name\"");
        var second = slowVacuum("archive.plain");
        var third = slowVacuum("public.pg_class");
        var asked = new Asked(SERVER, database);
        var elsewhere = new Asked(SERVER, "postgres")) {
      Await.until("three vacuums scan", () -> vacuums(asked, scraper) == 3);
      Map<String, Double> samples = asked.samples(scraper);

      String labels = "{datname=\"" + database + "\",relname=";
      assertThat(samples)
          .containsKey(
              "pg_stat_progress_vacuum_heap_blks" + labels + "\"\\\"odd \\\"\\\"Name\\\"\"}")
          .containsEntry(
              "pg_stat_progress_vacuum_phase{datname=\""
                  + database
                  + "\",phase=\"scanning heap\",relname=\"archive.plain\"}",
              1.0)
          .containsEntry(
              "pg_stat_progress_vacuum_phase{datname=\""
                  + database
                  + "\",phase=\"truncating heap\",relname=\"archive.plain\"}",
              0.0)
          .containsKey("pg_stat_progress_vacuum_num_dead_tuples" + labels + "\"public.pg_class\"}");
      assertThat(samples).hasSize(3 * (7 + 6));
      assertThat(elsewhere.samples(scraper, "heap_blks{").keySet())
          .hasSize(3)
          .allMatch(name -> name.matches(".*relname=\"\\d+\"}"));
      assertThat(first.isClosed() || second.isClosed() || third.isClosed()).isFalse();
    }
  }

  private static long vacuums(Asked asked, PgScraper scraper) {
    try {
      return asked.samples(scraper, "phase=\"scanning heap\"").values().stream()
          .filter(value -> value == 1)
          .count();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** A VACUUM that takes minutes, unless its connection is closed. */
  private static Connection slowVacuum(String table) throws SQLException {
    Connection connection = application("vacuum");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET vacuum_cost_delay = '100ms'");
      statement.execute("SET vacuum_cost_limit = 1");
    }
    CompletableFuture<Void> running =
        CompletableFuture.runAsync(
            () -> {
              try (Statement statement = connection.createStatement()) {
                statement.execute("VACUUM (FREEZE) " + table);
              } catch (SQLException e) {
                // The test has seen enough and closed it.
              }
            });
    assertThat(running).isNotCompletedExceptionally();
    return connection;
  }

  private static void touch(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
  }
}
