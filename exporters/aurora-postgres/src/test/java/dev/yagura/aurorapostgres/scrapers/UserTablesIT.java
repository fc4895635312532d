package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.aurorapostgres.session.KeptConnection;
import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.testing.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class UserTablesIT {
  private static final PgScraper STAT = StatUserTablesScraper.largest(10_000);
  private static final PgScraper STATIO = StatioUserTablesScraper.largest(10_000);
  private static final PgScraper INDEXES = StatioUserIndexesScraper.largest(10_000, true);

  /** Tables of every kind, so that every fork there can be is there. */
  private static final String[] TABLES = {
    "CREATE TABLE plain (id int PRIMARY KEY, body text)",
    "INSERT INTO plain SELECT g, repeat('x', 50) FROM generate_series(1, 5000) g",
    "CREATE TABLE wide (id int PRIMARY KEY, body text)",
    "ALTER TABLE wide ALTER body SET STORAGE EXTERNAL",
    "INSERT INTO wide SELECT g, repeat('x', 9000) FROM generate_series(1, 300) g",
    "DELETE FROM wide WHERE id > 10",
    "DELETE FROM plain WHERE id % 3 > 0 OR id > 3000",
    "CREATE UNLOGGED TABLE unlogged (id int PRIMARY KEY, body text)",
    "INSERT INTO unlogged SELECT g, 'x' FROM generate_series(1, 2000) g",
    "CREATE TABLE no_index (a int)",
    "CREATE TABLE empty (id int PRIMARY KEY, body text)",
    "CREATE TABLE many (a int, b int[], c point, d text)",
    "INSERT INTO many SELECT g, ARRAY[g], point(g, g), g FROM generate_series(1, 3000) g",
    "CREATE INDEX ON many (a)",
    "CREATE INDEX ON many USING gin (b)",
    "CREATE INDEX ON many USING gist (c)",
    "CREATE INDEX ON many USING spgist (c)",
    "CREATE INDEX ON many USING brin (a)",
    "CREATE INDEX ON many USING hash (d)",
    "DELETE FROM many WHERE a > 20",
    "CREATE TABLE parted (a int PRIMARY KEY) PARTITION BY RANGE (a)",
    "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (100)",
    "CREATE MATERIALIZED VIEW seen AS SELECT * FROM plain",
    "CREATE SCHEMA \"sch\"\"em\na\"",
    "CREATE TABLE \"sch\"\"em\na\".\"t\"\"\\\na☃\" (a int)",
    "SELECT count(*) FROM plain WHERE id = 7",
    "VACUUM plain",
    "VACUUM ANALYZE wide",
    "VACUUM many",
  };

  private static final String EXPECTED =
      """
      SELECT *, pg_indexes_size(relid) AS index_size_bytes, pg_table_size(relid) AS table_size_bytes
        FROM pg_stat_user_tables
      """;

  static Stream<PostgresServer> servers() {
    return PostgresServer.majors().stream().map(PostgresServer::shared);
  }

  private static String database(PostgresServer server) throws Exception {
    String database = server.createDatabase();
    server.execute(database, TABLES);
    return database;
  }

  @ParameterizedTest
  @MethodSource("servers")
  void everyValueIsTheViewsAndEverySizeTheFunctions(PostgresServer server) throws Exception {
    String database = database(server);
    // Statistics arrive when the sessions that made them are gone; until they do, look again.
    Map<String, Double> expected = Map.of();
    Map<String, Double> actual = Map.of();
    String vacuumed = "pg_stat_user_tables_last_vacuum{" + labels(database, "public", "wide") + "}";
    for (int i = 0; i < 500 && !(expected.containsKey(vacuumed) && expected.equals(actual)); i++) {
      expected = expected(server, database);
      actual = Scraped.of(server, database, STAT, STATIO, INDEXES);
      actual.keySet().removeIf(series -> series.contains("_omitted"));
    }

    assertThat(actual).containsExactlyInAnyOrderEntriesOf(expected);
    assertThat(actual)
        .containsKey("pg_stat_user_tables_last_vacuum{" + labels(database, "public", "plain") + "}")
        .doesNotContainKey(
            "pg_stat_user_tables_last_vacuum{" + labels(database, "public", "empty") + "}");
  }

  private static Map<String, Double> expected(PostgresServer server, String database)
      throws Exception {
    Map<String, Double> values = new LinkedHashMap<>();
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      List<String> stat =
          STAT.families().stream()
              .map(family -> family.name().replace("pg_stat_user_tables_", ""))
              .filter(name -> !name.equals("omitted"))
              .toList();
      try (ResultSet row = statement.executeQuery(EXPECTED)) {
        while (row.next()) {
          String labels = labels(database, row.getString("schemaname"), row.getString("relname"));
          for (String column : stat) {
            Double value =
                column.startsWith("last_")
                    ? seconds(row, column)
                    : Double.valueOf((double) row.getLong(column));
            if (value != null) {
              values.put("pg_stat_user_tables_" + column + "{" + labels + "}", value);
            }
          }
        }
      }
      try (ResultSet row = statement.executeQuery("SELECT * FROM pg_statio_user_tables")) {
        while (row.next()) {
          String labels = labels(database, row.getString("schemaname"), row.getString("relname"));
          for (String part : List.of("heap", "idx", "toast", "tidx")) {
            for (String what : List.of("read", "hit")) {
              values.put(
                  "pg_statio_user_tables_" + part + "_blocks_" + what + "{" + labels + "}",
                  (double) row.getLong(part + "_blks_" + what));
            }
          }
        }
      }
      try (ResultSet row = statement.executeQuery("SELECT * FROM pg_statio_user_indexes")) {
        while (row.next()) {
          String labels =
              "datname=\"%s\",indexrelname=\"%s\",relname=\"%s\",schemaname=\"%s\""
                  .formatted(
                      database,
                      row.getString("indexrelname"),
                      row.getString("relname"),
                      row.getString("schemaname"));
          for (String what : List.of("read", "hit")) {
            values.put(
                "pg_statio_user_indexes_idx_blks_" + what + "_total{" + labels + "}",
                (double) row.getLong("idx_blks_" + what));
          }
        }
      }
    }
    return values;
  }

  private static @Nullable Double seconds(ResultSet row, String column) throws Exception {
    java.sql.Timestamp time = row.getTimestamp(column);
    if (time == null) {
      return null;
    }
    Instant instant = time.toInstant();
    return (double) (instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000) / 1e6;
  }

  private static String labels(String database, String schema, String table) {
    return "datname=\"%s\",relname=\"%s\",schemaname=\"%s\""
        .formatted(database, escaped(table), escaped(schema));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"");
  }

  @ParameterizedTest
  @MethodSource("servers")
  void statioSaysTheSameAloneAsAfterStat(PostgresServer server) throws Exception {
    String database = database(server);
    Map<String, Double> alone = Map.of();
    Map<String, Double> after = Map.of();
    for (int i = 0; i < 50 && (alone.isEmpty() || !alone.equals(after)); i++) {
      alone = Scraped.of(server, database, STATIO);
      after = Scraped.of(server, database, STAT, STATIO);
      after.keySet().removeIf(series -> !series.startsWith("pg_statio"));
    }

    assertThat(after).containsExactlyInAnyOrderEntriesOf(alone).hasSizeGreaterThan(60);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void whatIsLockedOrAwaitedExclusivelyHasNoSizeAndIsNotWaitedFor(PostgresServer server)
      throws Exception {
    String database = database(server);
    try (Connection holder = server.connect(database);
        Connection reader = server.connect(database);
        Connection waiter = server.connect(database)) {
      holder.setAutoCommit(false);
      reader.setAutoCommit(false);
      try (Statement statement = holder.createStatement()) {
        statement.execute("LOCK TABLE plain IN ACCESS EXCLUSIVE MODE");
        statement.execute("REINDEX INDEX many_a_idx");
        statement.execute("REINDEX INDEX unlogged_pkey");
        statement.execute(
            "DO $$ BEGIN EXECUTE 'REINDEX TABLE ' || (SELECT reltoastrelid::regclass FROM pg_class"
                + " WHERE relname = 'wide'); END $$");
      }
      try (Statement statement = reader.createStatement()) {
        statement.execute("SELECT * FROM empty");
      }
      var waiting =
          new Thread(
              () -> {
                try (Statement statement = waiter.createStatement()) {
                  statement.execute("LOCK TABLE empty IN ACCESS EXCLUSIVE MODE");
                } catch (java.sql.SQLException ignored) {
                  // A lock outside a transaction is refused once it is granted.
                }
              });
      waiter.setAutoCommit(false);
      waiting.start();
      awaitWaiter(server, database);

      Map<String, Double> values = Scraped.of(server, database, STAT);

      reader.rollback();
      waiting.join();
      for (String table : List.of("plain", "wide", "unlogged", "many", "empty")) {
        String labels = "{" + labels(database, "public", table) + "}";
        assertThat(values)
            .as(table)
            .doesNotContainKey("pg_stat_user_tables_table_size_bytes" + labels)
            .doesNotContainKey("pg_stat_user_tables_index_size_bytes" + labels)
            .containsKey("pg_stat_user_tables_seq_scan" + labels);
      }
      assertThat(values)
          .containsKey(
              "pg_stat_user_tables_table_size_bytes{"
                  + labels(database, "public", "no_index")
                  + "}");
      waiter.rollback();
      holder.rollback();
    }
  }

  private static void awaitWaiter(PostgresServer server, String database) throws Exception {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      for (boolean found = false; !found; ) {
        try (ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'empty'::regclass")) {
          found = row.next() && row.getInt(1) == 1;
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aBoundKeepsTheLargestAndTellsHowManyItLeftOut(PostgresServer server) throws Exception {
    String database = server.createDatabase();
    server.execute(
        database,
        "CREATE TABLE big (a text)",
        "INSERT INTO big SELECT repeat('x', 500) FROM generate_series(1, 2000)",
        "CREATE TABLE small (a int PRIMARY KEY)",
        "CREATE TABLE tiny (a int PRIMARY KEY)",
        "VACUUM big");

    Map<String, Double> values =
        Scraped.of(
            server,
            database,
            StatUserTablesScraper.largest(1),
            StatioUserTablesScraper.largest(1),
            StatioUserIndexesScraper.largest(1, false));

    String datname = "{datname=\"" + database + "\"}";
    assertThat(values)
        .containsEntry("pg_stat_user_tables_omitted" + datname, 2.0)
        .containsEntry("pg_statio_user_tables_omitted" + datname, 2.0)
        .containsEntry("pg_statio_user_indexes_omitted" + datname, 2.0);
    assertThat(values.keySet())
        .filteredOn(series -> series.contains("relname"))
        .hasSizeGreaterThan(20)
        .allSatisfy(series -> assertThat(series).contains("relname=\"big\""));
  }

  @Test
  void aDatabaseWithoutTablesLeavesNoneOut() throws Exception {
    PostgresServer server = PostgresServer.shared(17);
    String database = server.createDatabase();

    Map<String, Double> values = Scraped.of(server, database, STAT, STATIO, INDEXES);

    assertThat(values).hasSize(3).allSatisfy((series, value) -> assertThat(value).isZero());
  }

  @Test
  void indexesHaveTheDropInsLabelsWhereOneDatabaseIsWatched() throws Exception {
    PostgresServer server = PostgresServer.shared(17);
    String database = server.createDatabase();
    server.execute(database, "CREATE TABLE t (a int PRIMARY KEY)");

    assertThat(Scraped.of(server, database, StatioUserIndexesScraper.largest(10, false)))
        .containsKey(
            "pg_statio_user_indexes_idx_blks_read_total"
                + "{indexrelname=\"t_pkey\",relname=\"t\",schemaname=\"public\"}");
  }

  @Test
  void whatStatReadServesOnlyTheSessionThatReadIt() throws Exception {
    PostgresServer server = PostgresServer.shared(17);
    String database = server.createDatabase();
    server.execute(database, "CREATE TABLE t (a int PRIMARY KEY)");
    try (KeptConnection connection = Scraped.connection(server, database)) {
      PgSession first = connection.open(Scraped.deadline());
      STAT.scrape(first, Scraped.deadline());
      server.execute(database, "DROP TABLE t");

      assertThat(Scraped.of(first, STATIO).keySet()).anyMatch(name -> name.contains("\"t\""));
      assertThat(Scraped.of(connection.open(Scraped.deadline()), STATIO).keySet())
          .noneMatch(name -> name.contains("\"t\""));
    }
  }
}
