package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.UnsupportedException;
import dev.yagura.testing.PostgresServer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of the drop-in scrapers that look at databases, roles, settings and what may be seen. */
final class DropInDatabaseIT {
  private static final PostgresServer SERVER = PostgresServer.shared(16);

  private String database = "";

  static List<Integer> majors() {
    return PostgresServer.majors();
  }

  @BeforeEach
  void createDatabaseAndRoles() throws SQLException {
    database = SERVER.createDatabase();
    SERVER.execute(
        "postgres",
        "DROP ROLE IF EXISTS plain",
        "DROP ROLE IF EXISTS monitor",
        "CREATE ROLE plain LOGIN CONNECTION LIMIT 7",
        "CREATE ROLE monitor LOGIN IN ROLE pg_monitor");
  }

  @AfterEach
  void dropDatabase() throws SQLException {
    SERVER.dropDatabase(database);
  }

  @Test
  void aDatabaseThatMayNotBeSeenHasNoSizeAndCostsNoOtherOne() throws Exception {
    SERVER.execute(
        "postgres",
        "REVOKE CONNECT ON DATABASE " + database + " FROM PUBLIC",
        "ALTER DATABASE " + database + " CONNECTION LIMIT 3");
    String size = "pg_database_size_bytes{datname=\"" + database + "\"}";
    String limit = "pg_database_connection_limit{datname=\"" + database + "\"}";

    try (var plain = new Asked(SERVER, "postgres", "plain");
        var monitor = new Asked(SERVER, "postgres", "monitor")) {
      assertThat(plain.samples(DropInScrapers.DATABASE))
          .doesNotContainKey(size)
          .containsEntry(limit, 3.0)
          .containsEntry("pg_database_connection_limit{datname=\"postgres\"}", -1.0)
          .containsKey("pg_database_size_bytes{datname=\"postgres\"}");
      assertThat(monitor.samples(DropInScrapers.DATABASE).get(size)).isGreaterThan(1e6);
    }
  }

  @Test
  void aDatabaseThatIsExcludedIsNotShown() throws Exception {
    try (var asked = new Asked(SERVER, "postgres")) {
      Map<String, Double> samples =
          asked.samples(new DatabaseScraper(List.of(database, "template0")));

      assertThat(samples.keySet())
          .noneMatch(name -> name.contains(database) || name.contains("template0"))
          .anyMatch(name -> name.contains("template1"));
    }
  }

  @Test
  void anAgeIsCountedForDatabasesThatTakeConnections() throws Exception {
    try (var asked = new Asked(SERVER, database)) {
      Map<String, Double> samples = asked.samples(DatabaseWraparoundScraper.DATABASE_WRAPAROUND);

      String labels = "{datname=\"" + database + "\"}";
      assertThat(samples.get("pg_database_wraparound_age_datfrozenxid_seconds" + labels))
          .isPositive();
      assertThat(samples).containsKey("pg_database_wraparound_age_datminmxid_seconds" + labels);
      assertThat(samples.keySet()).noneMatch(name -> name.contains("template0"));
    }
  }

  @Test
  void aRolesLimitIsShownAndMinusOneWhereThereIsNone() throws Exception {
    try (var asked = new Asked(SERVER, database)) {
      assertThat(asked.samples(RolesScraper.ROLES))
          .containsEntry("pg_roles_connection_limit{rolname=\"plain\"}", 7.0)
          .containsEntry("pg_roles_connection_limit{rolname=\"monitor\"}", -1.0);
    }
  }

  @Test
  void aRoleWithoutPgMonitorIsToldWhatItMayNotDo() throws Exception {
    try (var plain = new Asked(SERVER, database, "plain");
        var monitor = new Asked(SERVER, database, "monitor")) {
      assertThatThrownBy(() -> plain.samples(WalScraper.WAL))
          .isInstanceOfSatisfying(
              ScrapeException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.DENIED));
      assertThat(monitor.samples(WalScraper.WAL).get("pg_wal_segments")).isPositive();
    }
  }

  @Test
  void everyOtherScraperWorksForARoleWithPgMonitorAlone() throws Exception {
    SERVER.execute(database, "CREATE EXTENSION pg_buffercache");
    try (var monitor = new Asked(SERVER, database, "monitor")) {
      for (PgScraper scraper : DropInScrapers.ALL) {
        if (!scraper.name().equals("xlog_location")
            && !scraper.name().equals("stat_checkpointer")) {
          assertThat(monitor.samples(scraper)).as(scraper.name()).isNotNull();
        }
      }
    }
  }

  @Test
  void ofParametersWithOneNameTheFirstIsShown() throws Exception {
    try (var asked = new Asked(SERVER, database)) {
      var rows =
          asked
              .session()
              .query(
                  VersionedSql.since(
                      13,
                      """
                      SELECT name, unit, vartype, setting
                        FROM (VALUES ('a.b', NULL, 'integer', '1'),
                                     ('a-b', NULL, 'integer', '2'),
                                     ('c', 'parsec', 'integer', '3'),
                                     ('d', NULL, 'integer', NULL)) v (name, unit, vartype, setting)
                      """),
                  Asked.soon());

      assertThat(Asked.samples(SettingsScraper.SETTINGS.snapshot(rows)))
          .containsExactly(Map.entry("pg_settings_a_b", 1.0));
    }
  }

  @Test
  void whatTheServerIsSetToStaysVisibleBehindTheExportersOwnSession() throws Exception {
    SERVER.execute(
        "postgres",
        "ALTER ROLE monitor SET default_transaction_read_only = on",
        "ALTER ROLE monitor SET lock_timeout = '7s'");
    try (var monitor = new Asked(SERVER, database, "monitor")) {
      assertThat(monitor.samples(SettingsScraper.SETTINGS))
          .containsEntry("pg_settings_lock_timeout_seconds", 7.0)
          .containsEntry("pg_settings_default_transaction_read_only", 1.0)
          .containsEntry("pg_settings_transaction_read_only", 1.0);
    }
  }

  @ParameterizedTest
  @MethodSource("majors")
  void onAuroraWhatCannotWorkIsUnsupportedAndTheRestIsThere(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String aurora = server.createDatabase();
    server.execute(
        aurora,
        "SET allow_system_table_mods = on",
        """
        CREATE FUNCTION pg_catalog.aurora_list_builtins() RETURNS TABLE ("Name" text)
        LANGUAGE sql AS 'SELECT ''aurora_version'''
        """);
    try (var asked = new Asked(server, aurora)) {
      assertThat(asked.session().server().aurora()).isTrue();
      for (PgScraper scraper :
          List.of(
              WalScraper.WAL,
              StatWalReceiverScraper.STAT_WAL_RECEIVER,
              StatArchiverScraper.STAT_ARCHIVER)) {
        assertThatThrownBy(() -> asked.samples(scraper))
            .as(scraper.name())
            .isInstanceOf(UnsupportedException.class)
            .hasMessageStartingWith("not on Aurora: ");
      }
      assertThat(asked.samples(ReplicationScraper.REPLICATION))
          .containsExactly(Map.entry("pg_replication_is_replica", 0.0));
      assertThat(asked.samples(StatReplicationScraper.STAT_REPLICATION)).isEmpty();
      assertThat(asked.samples(ReplicationSlotsScraper.REPLICATION_SLOTS)).isNotNull();
      assertThat(asked.samples(DropInScrapers.DATABASE)).isNotEmpty();
    }
    server.dropDatabase(aurora);
  }
}
