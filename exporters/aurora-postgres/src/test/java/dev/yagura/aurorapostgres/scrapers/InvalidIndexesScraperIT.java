package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.testing.Await;
import dev.yagura.testing.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidIndexesScraperIT {
  @ParameterizedTest
  @ValueSource(ints = {13, 18})
  void anIndexWhoseBuildFailedIsShownWhateverItsName(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String database = server.createDatabase();
    server.execute(database, "CREATE TABLE t (id int)", "INSERT INTO t VALUES (1), (1)");
    try {
      assertThatThrownBy(
              () ->
                  server.execute(
                      database, "CREATE UNIQUE INDEX CONCURRENTLY \"a\"\"b\nc\" ON t (id)"))
          .isInstanceOf(SQLException.class);

      Answer asked = Answer.of(InvalidIndexesScraper.INVALID_INDEXES, server, database);

      assertThat(
              asked.value(
                  "pg_invalid_index{datname=\""
                      + database
                      + "\",indexrelname=\"a\\\"b\\nc\",relname=\"t\",schemaname=\"public\"}"))
          .isEqualTo(1);
      assertThat(asked.value("pg_invalid_indexes{datname=\"" + database + "\"}")).isEqualTo(1);
    } finally {
      server.dropDatabase(database);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 18})
  void anIndexThatIsBeingBuiltIsNotInvalid(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String database = server.createDatabase();
    server.execute(database, "CREATE TABLE t (id int)");
    try (Connection writer = server.connect(database);
        Connection builder = server.connect(database);
        Statement write = writer.createStatement()) {
      writer.setAutoCommit(false);
      write.execute("INSERT INTO t VALUES (1)");
      var thread =
          new Thread(
              () -> {
                try (Statement build = builder.createStatement()) {
                  build.execute("CREATE INDEX CONCURRENTLY slow ON t (id)");
                } catch (SQLException e) {
                  // The assertion below sees that there is no such index.
                }
              });
      thread.start();
      Await.until("the build waits for the writer", () -> exists(server, database));

      Answer during = Answer.of(InvalidIndexesScraper.INVALID_INDEXES, server, database);
      writer.rollback();
      thread.join();
      Answer after = Answer.of(InvalidIndexesScraper.INVALID_INDEXES, server, database);

      String all = "pg_invalid_indexes{datname=\"" + database + "\"}";
      assertThat(during.value(all)).isEqualTo(0);
      assertThat(during.series("pg_invalid_index")).isEmpty();
      assertThat(after.value(all)).isEqualTo(0);
    } finally {
      server.dropDatabase(database);
    }
  }

  private static boolean exists(PostgresServer server, String database) {
    try (Connection session = server.connect(database);
        Statement statement = session.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT FROM pg_index i JOIN pg_stat_progress_create_index p"
                    + " ON p.index_relid = i.indexrelid WHERE NOT i.indisvalid")) {
      return rows.next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
