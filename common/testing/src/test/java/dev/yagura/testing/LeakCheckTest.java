package dev.yagura.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LeakCheckTest {
  @RegisterExtension final LeakCheck ownThreads = LeakCheck.allowing("allowed-");

  private final CountDownLatch end = new CountDownLatch(1);

  /** Unpacking it for the first time on a machine leaves threads of the JDK idle for a minute. */
  @BeforeAll
  static void unpackPostgres() {
    assertThat(PostgresServer.shared(18)).isNotNull();
  }

  @Test
  void aThreadThatStaysIsNamedWithItsStackAndOneThatEndsIsNotMissed() {
    var before = LeakCheck.threads();
    before.assertNoNewThreads();
    lingering("stays-behind");
    assertThatThrownBy(() -> before.assertNoNewThreads(Duration.ofMillis(100)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("stays-behind (")
        .hasMessageContaining("dev.yagura.testing.LeakCheckTest.lambda");
    end.countDown();
    before.assertNoNewThreads();
  }

  @Test
  void aThreadOnTheListMayStay() {
    var before = LeakCheck.threads("stays-");
    lingering("stays-behind");
    before.assertNoNewThreads(Duration.ofMillis(100));
    end.countDown();
  }

  @Test
  void theExtensionLetsOnlyItsOwnListStay() {
    lingering("allowed-to-stay");
    assertThat(end.getCount()).isEqualTo(1);
  }

  @Test
  void aSessionOrATransactionThatStaysIsCounted() throws SQLException {
    PostgresServer server = PostgresServer.shared(18);
    String url = server.jdbcUrl("postgres", "postgres") + "&ApplicationName=leaks";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      LeakCheck.assertNoTransactions(server, "leaks");
      connection.setAutoCommit(false);
      statement.execute("SELECT 1");
      assertThatThrownBy(
              () -> LeakCheck.assertNoTransactions(server, "leaks", Duration.ofMillis(50)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("1 open transactions of leaks");
      assertThatThrownBy(() -> LeakCheck.assertNoSessions(server, "leaks", Duration.ofMillis(50)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("1 sessions of leaks");
    }
    LeakCheck.assertNoSessions(server, "leaks");
  }

  private void lingering(String name) {
    var thread =
        new Thread(
            () -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }
}
