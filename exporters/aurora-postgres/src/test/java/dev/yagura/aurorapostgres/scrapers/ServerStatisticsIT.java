package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.Await;
import dev.yagura.testing.PostgresServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerStatisticsIT {
  private static final String CLIENT_READS =
      "{backend_type=\"client backend\",context=\"normal\",object=\"relation\"}";

  @ParameterizedTest
  @ValueSource(ints = {16, 17, 18})
  void ioIsToldInOperationsBytesAndSeconds(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    server.execute(
        "postgres",
        "CREATE TABLE io (id int)",
        "INSERT INTO io SELECT generate_series(1, 50000)",
        "DROP TABLE io");

    Await.until(
        "its own I/O is counted",
        () -> {
          try {
            Double extended =
                Answer.of(StatIoScraper.STAT_IO, server, "postgres")
                    .value("pg_stat_io_extend_bytes_total" + CLIENT_READS);
            return extended != null && extended >= 8192;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
    Answer asked = Answer.of(StatIoScraper.STAT_IO, server, "postgres");
    assertThat(asked.value("pg_stat_io_hits_total" + CLIENT_READS)).isGreaterThan(0);
    assertThat(asked.value("pg_stat_io_read_bytes_total" + CLIENT_READS))
        .isGreaterThanOrEqualTo(8192);
    assertThat(asked.value("pg_stat_io_read_seconds_total" + CLIENT_READS)).isBetween(0.0, 60.0);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 18})
  void timesThatNobodyTakesAreAbsent(int major) throws Exception {
    try (PostgresServer server = PostgresServer.start(major, Map.of("track_io_timing", "off"))) {
      Answer asked = Answer.of(StatIoScraper.STAT_IO, server, "postgres");

      assertThat(asked.series("pg_stat_io_hits_total")).isNotEmpty();
      assertThat(asked.series("pg_stat_io_read_seconds_total")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17, 18})
  void walIsCountedAndItsWritesUntilTheyMoved(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);

    Answer asked = Answer.of(StatWalScraper.STAT_WAL, server, "postgres");

    assertThat(asked.value("pg_stat_wal_records_total")).isGreaterThan(0);
    assertThat(asked.value("pg_stat_wal_bytes_total")).isGreaterThan(0);
    assertThat(asked.names().contains("pg_stat_wal_writes_total")).isEqualTo(major < 18);
    assertThat(asked.value("pg_stat_wal_write_seconds_total")).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 18})
  void everySmallCacheIsThere(int major) throws Exception {
    Answer asked = Answer.of(StatSlruScraper.STAT_SLRU, PostgresServer.shared(major), "postgres");

    assertThat(asked.series("pg_stat_slru_blocks_hit_total")).hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 18})
  void checksumsThatAreOffHaveNoFailuresAndNoZero(int major) throws Exception {
    Answer asked =
        Answer.of(DatabaseHealthScraper.DATABASE_HEALTH, PostgresServer.shared(major), "postgres");

    String in = "{datname=\"postgres\"}";
    boolean checksums = major >= 18;
    assertThat(asked.value("pg_stat_database_checksum_failures_total" + in) != null)
        .isEqualTo(checksums);
    assertThat(asked.value("pg_stat_database_checksum_failures_total{datname=\"\"}") != null)
        .isEqualTo(checksums);
    assertThat(asked.series("pg_stat_database_checksum_last_failure_timestamp_seconds")).isEmpty();
    assertThat(asked.value("pg_stat_database_parallel_workers_launched_total" + in) != null)
        .isEqualTo(major >= 18);
  }

  @Test
  void aSettingThatWaitsForARestartIsCounted() throws Exception {
    try (PostgresServer server = PostgresServer.start(15, Map.of())) {
      assertThat(pending(server)).isEqualTo(0);
      server.execute(
          "postgres",
          "ALTER SYSTEM SET max_locks_per_transaction = 128",
          "SELECT pg_reload_conf()");
      // A setting of the command line that the file has otherwise is one of them as well.
      Await.until("the server has read its file", () -> pending(server) >= 1);
    }
  }

  private static double pending(PostgresServer server) {
    try {
      Double value =
          Answer.of(PendingRestartScraper.PENDING_RESTART, server, "postgres")
              .value("pg_pending_restart_settings");
      return value == null ? -1 : value;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
