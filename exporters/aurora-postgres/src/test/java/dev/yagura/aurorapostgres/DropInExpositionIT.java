package dev.yagura.aurorapostgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.PostgresServer;
import dev.yagura.testing.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With one target and nothing configured, the exposition is postgres_exporter's and more. */
class DropInExpositionIT {
  /**
   * Rows of the table that a quiet primary of PostgreSQL 13 or newer has no value for, without
   * replicas, archiving and vacuum; each has a situation of its own in another test.
   */
  private static final Set<String> NO_SITUATION =
      Set.of(
          "pg_replication_last_replay_seconds",
          "pg_replication_slots_pg_xlog_location_diff",
          "pg_replication_slots_slot_confirmed_flush_lsn",
          "pg_replication_slots_safe_wal_size_bytes",
          "pg_stat_replication_pg_current_wal_lsn_bytes",
          "pg_stat_replication_pg_wal_lsn_diff",
          "pg_stat_replication_pg_xlog_location_diff",
          "pg_stat_archiver_last_archive_age",
          "pg_stat_user_tables_last_autovacuum",
          "pg_stat_user_tables_last_autoanalyze",
          "pg_stat_user_tables_last_vacuum",
          "pg_stat_user_tables_last_analyze");

  private record Row(String name, String type, Set<String> labels, boolean byDefault) {}

  static List<Integer> majors() {
    return PostgresServer.majors();
  }

  @ParameterizedTest
  @MethodSource("majors")
  void everyDefaultFamilyIsThereWithItsTypeAndLabels(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String database = server.createDatabase();
    server.execute(
        database,
        "CREATE TABLE things (id int PRIMARY KEY, words text)",
        "INSERT INTO things SELECT i, repeat('x', 9) FROM generate_series(1, 100) i",
        "SELECT pg_stat_reset()");
    server.execute(
        "postgres",
        "SELECT pg_stat_reset_shared('bgwriter')",
        "SELECT pg_create_physical_replication_slot('drop_in', true)");
    try (Connection idle = server.connect(database);
        Watch watch = Watch.port(server.port(), database)) {
      assertThat(idle.isValid(1)).isTrue();
      ParsedExposition scrape = watch.scrape();
      for (Row row : rows()) {
        if (!row.byDefault()
            || NO_SITUATION.contains(row.name())
            || row.name().startsWith("pg_stat_progress_vacuum_")
            || isOfAnotherMajor(row, major)) {
          continue;
        }
        assertThat(scrape.types()).as(row.name()).containsEntry(row.name(), row.type());
        assertThat(scrape.samples(row.name()))
            .as(row.name())
            .isNotEmpty()
            .allMatch(sample -> sample.labels().keySet().equals(row.labels()));
      }
    } finally {
      server.execute("postgres", "SELECT pg_drop_replication_slot('drop_in')");
      server.dropDatabase(database);
    }
  }

  @Test
  void theServerLabelAndTheOldNamesAreThereWhereAskedFor() throws Exception {
    PostgresServer server = PostgresServer.shared(17);
    server.execute("postgres", "SELECT pg_create_physical_replication_slot('old_names', true)");
    try (Watch watch =
        Watch.of(
            "compat: {server_label: true, pre_0_20_names: true}",
            Map.of("DATA_SOURCE_NAME", Watch.address(server.port(), "postgres")))) {
      ParsedExposition scrape = watch.scrape();
      assertThat(scrape.samples().stream().filter(DropInExpositionIT::isOfTheServer))
          .isNotEmpty()
          .allMatch(sample -> sample.label("server").equals("127.0.0.1:" + server.port()));
      assertThat(scrape.families())
          .contains(
              "pg_replication_slot_slot_current_wal_lsn",
              "pg_replication_slot_slot_is_active",
              "pg_replication_slot_wal_status",
              "pg_replication_slots_slot_is_active");
    } finally {
      server.execute("postgres", "SELECT pg_drop_replication_slot('old_names')");
    }
  }

  private static boolean isOfTheServer(Sample sample) {
    return sample.name().startsWith("pg_");
  }

  /** What a view had before or has since, as the reference says of each. */
  private static boolean isOfAnotherMajor(Row row, int major) {
    return switch (row.name()) {
      case "pg_stat_database_active_time_seconds_total" -> major < 14;
      case "pg_stat_database_conflicts_confl_active_logicalslot" -> major < 16;
      case "pg_stat_bgwriter_checkpoints_timed_total",
          "pg_stat_bgwriter_checkpoints_req_total",
          "pg_stat_bgwriter_checkpoint_write_time_total",
          "pg_stat_bgwriter_checkpoint_sync_time_total",
          "pg_stat_bgwriter_buffers_checkpoint_total",
          "pg_stat_bgwriter_buffers_backend_total",
          "pg_stat_bgwriter_buffers_backend_fsync_total" ->
          major >= 17;
      default -> false;
    };
  }

  private static List<Row> rows() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            DropInExpositionIT.class.getResourceAsStream("/postgres_exporter_metrics.tsv"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .filter(cells -> !cells[2].contains("<"))
          .map(
              cells -> {
                Set<String> labels = new TreeSet<>(List.of(cells[4].split(",", -1)));
                labels.removeAll(Set.of("", "<constantLabels>"));
                boolean always = cells[0].startsWith("(") && !cells[1].startsWith("only");
                return new Row(cells[2], cells[3], labels, always || cells[1].equals("True"));
              })
          .toList();
    }
  }
}
