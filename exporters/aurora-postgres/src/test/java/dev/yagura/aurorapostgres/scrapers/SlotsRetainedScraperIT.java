package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.PostgresServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotsRetainedScraperIT {
  private static final String[] AURORA = {
    "CREATE FUNCTION pg_catalog.aurora_list_builtins(OUT \"Name\" text) RETURNS SETOF text"
        + " LANGUAGE sql AS $$ VALUES ('aurora_version') $$"
  };

  private static String slot(String name, String type, String database) {
    return "{database=\"" + database + "\",slot_name=\"" + name + "\",slot_type=\"" + type + "\"}";
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 16, 17, 18})
  void aSlotIsToldWithTheWalItKeeps(int major) throws Exception {
    try (PostgresServer server = PostgresServer.start(major, Map.of())) {
      server.execute(
          "postgres",
          "SELECT pg_create_physical_replication_slot('keeps', true)",
          "SELECT pg_create_physical_replication_slot('empty', false)",
          "SELECT pg_create_logical_replication_slot('changes', 'pgoutput')",
          "CREATE TABLE t AS SELECT repeat('x', 100) AS x FROM generate_series(1, 10000)",
          "SELECT pg_switch_wal()");

      Answer asked = Answer.of(SlotsRetainedScraper.SLOTS_RETAINED, server, "postgres");

      String keeps = slot("keeps", "physical", "");
      String empty = slot("empty", "physical", "");
      String changes = slot("changes", "logical", "postgres");
      assertThat(asked.value("pg_replication_slot_retained_bytes" + keeps))
          .isBetween(1_000_000.0, 100_000_000.0);
      assertThat(asked.value("pg_replication_slot_retained_bytes" + changes))
          .isBetween(1_000_000.0, 100_000_000.0);
      assertThat(asked.value("pg_replication_slot_retained_bytes" + empty)).isNull();
      assertThat(asked.value("pg_replication_slot_active" + keeps)).isEqualTo(0);
      assertThat(asked.value("pg_replication_slot_catalog_xmin_age_transactions" + changes))
          .isGreaterThanOrEqualTo(1);
      assertThat(asked.value("pg_replication_slot_xmin_age_transactions" + changes)).isNull();
      assertThat(asked.value("pg_replication_slot_lost" + changes)).isEqualTo(0);
      if (major >= 17) {
        assertThat(asked.value("pg_replication_slot_inactive_seconds" + changes))
            .isBetween(0.0, 60.0);
      } else {
        assertThat(asked.series("pg_replication_slot_inactive_seconds")).isEmpty();
      }
    }
  }

  @Test
  void anAuroraThatRefusesItsWalPositionStillTellsItsSlots() throws Exception {
    try (PostgresServer server = PostgresServer.start(16, Map.of())) {
      server.execute("postgres", AURORA);
      server.execute("postgres", "SELECT pg_create_physical_replication_slot('keeps', true)");
      String keeps = slot("keeps", "physical", "");
      assertThat(
              Answer.of(SlotsRetainedScraper.SLOTS_RETAINED, server, "postgres")
                  .value("pg_replication_slot_retained_bytes" + keeps))
          .isNotNull();

      server.execute(
          "postgres", "ALTER FUNCTION pg_catalog.pg_current_wal_lsn() RENAME TO refused");
      Answer asked = Answer.of(SlotsRetainedScraper.SLOTS_RETAINED, server, "postgres");

      assertThat(asked.value("pg_replication_slot_retained_bytes" + keeps)).isNull();
      assertThat(asked.value("pg_replication_slot_active" + keeps)).isEqualTo(0);
    }
  }

  @Test
  void anAuroraWithoutLogicalReplicationIsNotAskedForItsPosition() throws Exception {
    try (PostgresServer server = PostgresServer.start(16, Map.of("wal_level", "replica"))) {
      server.execute("postgres", AURORA);
      server.execute("postgres", "SELECT pg_create_physical_replication_slot('keeps', true)");

      Answer asked = Answer.of(SlotsRetainedScraper.SLOTS_RETAINED, server, "postgres");

      assertThat(asked.series("pg_replication_slot_retained_bytes")).isEmpty();
      assertThat(asked.series("pg_replication_slot_active")).hasSize(1);
    }
  }
}
