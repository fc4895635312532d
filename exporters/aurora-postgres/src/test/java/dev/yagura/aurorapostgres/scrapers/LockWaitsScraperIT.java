package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.Await;
import dev.yagura.testing.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockWaitsScraperIT {
  /** Sessions that wait for a statement to end, each in a thread of its own. */
  private static final class Waiters implements AutoCloseable {
    private final List<Connection> sessions = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    void add(PostgresServer server, String database, String sql) throws SQLException {
      Connection session = server.connect(database);
      sessions.add(session);
      var thread =
          new Thread(
              () -> {
                try (Statement statement = session.createStatement()) {
                  statement.execute(sql);
                } catch (SQLException e) {
                  // Its session is closed under it once the test has seen it wait.
                }
              });
      threads.add(thread);
      thread.start();
    }

    void awaitWaiting(PostgresServer server, String database) {
      Await.until(
          "all of them wait",
          () -> {
            try (Connection session = server.connect(database);
                Statement statement = session.createStatement();
                ResultSet rows =
                    statement.executeQuery(
                        "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
                            + " WHERE NOT l.granted AND a.datname = current_database()")) {
              rows.next();
              return rows.getInt(1) == sessions.size();
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          });
    }

    @Override
    public void close() throws SQLException {
      for (Connection session : sessions) {
        session.abort(Runnable::run);
      }
      Await.until("all of them ended", () -> threads.stream().noneMatch(Thread::isAlive));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 14, 18})
  void whoeverWaitsAndWhoeverMakesThemWaitIsCounted(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String database = server.createDatabase();
    server.execute(database, "CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    try (Connection blocker = server.connect(database);
        Statement statement = blocker.createStatement();
        var waiters = new Waiters()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
      waiters.add(server, database, "SELECT * FROM t");
      waiters.add(server, database, "SELECT count(*) FROM t");
      waiters.awaitWaiting(server, database);

      Answer asked = Answer.of(LockWaitsScraper.LOCK_WAITS, server, database);

      String lock = "{datname=\"" + database + "\",locktype=\"relation\",mode=\"AccessShareLock\"}";
      String in = "{datname=\"" + database + "\"}";
      assertThat(asked.value("pg_lock_waits_waiting_sessions" + lock)).isEqualTo(2);
      assertThat(asked.value("pg_lock_waits_longest_seconds" + lock)).isBetween(0.0, 60.0);
      assertThat(asked.value("pg_lock_waits_blocking_sessions" + in)).isEqualTo(1);
      assertThat(asked.value("pg_lock_waits_root_blocking_sessions" + in)).isEqualTo(1);
      assertThat(asked.value("pg_lock_waits_most_blocked_sessions" + in)).isEqualTo(2);
      assertThat(asked.value("pg_lock_waits_blocked_by_prepared_sessions" + in)).isEqualTo(0);
      assertThat(asked.value("pg_lock_waits_unexamined_sessions")).isEqualTo(0);
    } finally {
      server.dropDatabase(database);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 18})
  void aWaiterThatOthersQueueBehindBlocksButIsNoRoot(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String database = server.createDatabase();
    server.execute(database, "CREATE TABLE t (id int)");
    try (Connection reader = server.connect(database);
        Statement statement = reader.createStatement();
        var waiters = new Waiters()) {
      reader.setAutoCommit(false);
      statement.execute("SELECT * FROM t");
      waiters.add(server, database, "ALTER TABLE t ADD COLUMN more int");
      waiters.awaitWaiting(server, database);
      waiters.add(server, database, "SELECT * FROM t");
      waiters.awaitWaiting(server, database);

      Answer asked = Answer.of(LockWaitsScraper.LOCK_WAITS, server, database);

      String in = "{datname=\"" + database + "\"}";
      assertThat(asked.value("pg_lock_waits_blocking_sessions" + in)).isEqualTo(2);
      assertThat(asked.value("pg_lock_waits_root_blocking_sessions" + in)).isEqualTo(1);
      assertThat(asked.value("pg_lock_waits_most_blocked_sessions" + in)).isEqualTo(1);
    } finally {
      server.dropDatabase(database);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 18})
  void aPreparedTransactionThatBlocksIsToldApart(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String database = server.createDatabase();
    server.execute(database, "CREATE TABLE t (id int)");
    try (Connection preparing = server.connect(database);
        Statement statement = preparing.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
      statement.execute("PREPARE TRANSACTION '" + database + "'");
      try (var waiters = new Waiters()) {
        waiters.add(server, database, "SELECT * FROM t");
        waiters.awaitWaiting(server, database);

        Answer asked = Answer.of(LockWaitsScraper.LOCK_WAITS, server, database);

        String in = "{datname=\"" + database + "\"}";
        assertThat(asked.value("pg_lock_waits_blocked_by_prepared_sessions" + in)).isEqualTo(1);
        assertThat(asked.value("pg_lock_waits_blocking_sessions" + in)).isEqualTo(0);
      } finally {
        statement.execute("ROLLBACK PREPARED '" + database + "'");
      }
    } finally {
      server.dropDatabase(database);
    }
  }
}
