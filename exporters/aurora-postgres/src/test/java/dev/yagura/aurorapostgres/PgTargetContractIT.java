package dev.yagura.aurorapostgres;

import dev.yagura.aurorapostgres.scrapers.Catalogue;
import dev.yagura.aurorapostgres.scrapers.Compatibility;
import dev.yagura.aurorapostgres.session.Address;
import dev.yagura.aurorapostgres.session.Connector;
import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.Target;
import dev.yagura.testing.PostgresServer;
import dev.yagura.testing.TargetContract;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;

class PgTargetContractIT extends TargetContract {
  /** Nobody else's: an upstream that stands still. */
  private static final PostgresServer SERVER = PostgresServer.start(15, Map.of());

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Override
  public InetSocketAddress upstream() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), SERVER.port());
  }

  @Override
  public Target target(int port) {
    var address = Address.parse(Watch.address(port, "postgres"));
    return new PgTarget(
        "one",
        ConstantLabels.none(),
        Catalogue.Choice.defaults().make("upstream", Compatibility.NONE, System::nanoTime),
        DatabasePatterns.connected(),
        new Connector(address, "", null),
        true,
        System::nanoTime);
  }

  @Override
  public Set<String> expectedFamilies() {
    return Set.of("pg_up", "pg_locks_count", "pg_stat_database_xact_commit", "pg_static");
  }

  /** A table that was never vacuumed has no time at which it was. */
  @Override
  public Absence absence() {
    try {
      String database = SERVER.createDatabase();
      SERVER.execute(database, "CREATE TABLE never_vacuumed (id int)");
      var address = Address.parse(Watch.address(SERVER.port(), database));
      return new Absence(
          new PgTarget(
              "absence",
              ConstantLabels.none(),
              Catalogue.Choice.defaults().make("upstream", Compatibility.NONE, System::nanoTime),
              DatabasePatterns.connected(),
              new Connector(address, "", null),
              true,
              System::nanoTime),
          Set.of("pg_stat_user_tables_last_vacuum", "pg_stat_user_tables_last_analyze"));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public FailureReason garbage() {
    return FailureReason.UNREACHABLE;
  }

  @Override
  public List<String> keptThreads() {
    return List.of("scrape-");
  }

  @Override
  public int keptConnections() {
    return 1;
  }

  @Override
  public long openTransactions() {
    try {
      return SERVER.transactions("yagura");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
