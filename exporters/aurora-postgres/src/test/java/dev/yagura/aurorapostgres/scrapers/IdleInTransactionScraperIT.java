package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdleInTransactionScraperIT {
  private static void idle(
      List<Connection> sessions, PostgresServer server, String database, String application)
      throws SQLException {
    Connection session = server.connect(database);
    sessions.add(session);
    session.setAutoCommit(false);
    try (PreparedStatement statement =
        session.prepareStatement("SELECT set_config('application_name', ?, false)")) {
      statement.setString(1, application);
      statement.execute();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 18})
  void twentyNamesAreShownAndHostileOnesBreakNothing(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String database = server.createDatabase();
    List<Connection> sessions = new ArrayList<>();
    try {
      idle(sessions, server, database, "\"} 1\npg_up 0\n# \\");
      idle(sessions, server, database, "other");
      idle(sessions, server, database, "");
      idle(sessions, server, database, "twice");
      idle(sessions, server, database, "twice");
      idle(sessions, server, database, "\uD83D\uDE00".repeat(40));
      for (int i = 0; i < 25; i++) {
        idle(sessions, server, database, "app-" + i);
      }

      Answer asked = Answer.of(IdleInTransactionScraper.IDLE_IN_TRANSACTION, server, database);

      String in = "\",datname=\"" + database + "\"}";
      String family = "pg_idle_in_transaction_sessions";
      assertThat(asked.duplicates()).isZero();
      assertThat(asked.names())
          .containsExactlyInAnyOrder(family, "pg_idle_in_transaction_longest_seconds");
      assertThat(asked.series(family)).hasSize(20);
      assertThat(asked.value(family + "{application_name=\"twice" + in)).isEqualTo(2);
      assertThat(asked.value(family + "{application_name=\"" + in)).isEqualTo(1);
      assertThat(asked.value(family + "{application_name=\"app-0" + in)).isEqualTo(1);
      assertThat(asked.value(family + "{application_name=\"app-24" + in)).isNull();
      assertThat(asked.value(family + "{application_name=\"other" + in)).isEqualTo(1 + 10);
      assertThat(asked.series(family).stream().mapToDouble(asked.samples()::get).sum())
          .isEqualTo(sessions.size());
      assertThat(
              asked.value("pg_idle_in_transaction_longest_seconds{application_name=\"other" + in))
          .isBetween(0.0, 60.0);
    } finally {
      for (Connection session : sessions) {
        session.close();
      }
      server.dropDatabase(database);
    }
  }
}
