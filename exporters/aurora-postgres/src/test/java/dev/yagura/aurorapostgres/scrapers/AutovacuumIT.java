package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.Await;
import dev.yagura.testing.PostgresServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What autovacuum is at work on. */
final class AutovacuumIT {
  /** A worker takes minutes for such a table. */
  private static final String SLOW =
      " WITH (autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1,"
          + " autovacuum_freeze_max_age = %d) AS SELECT i FROM generate_series(1, 50000) i";

  @Test
  void tablesOfOneNameAreOneSampleAndTheReasonIsNotPartOfTheName() throws Exception {
    try (var server = PostgresServer.start(17, Map.of("autovacuum_naptime", "1s"))) {
      server.execute(
          "postgres",
          "CREATE SCHEMA a",
          "CREATE SCHEMA b",
          "CREATE TABLE a.same" + SLOW.formatted(1_000_000),
          "CREATE TABLE b.same" + SLOW.formatted(1_000_000),
          "CREATE TABLE a.old" + SLOW.formatted(100_000),
          "DO $$ BEGIN FOR i IN 1..100001 LOOP PERFORM txid_current(); COMMIT; END LOOP; END $$",
          "DELETE FROM a.same",
          "DELETE FROM b.same");
      try (var asked = new Asked(server, "postgres")) {
        // A worker may be at a table of the catalogue before it comes to one of ours.
        assertThat(Await.until(Duration.ofSeconds(60), () -> workers(asked) == 3)).isTrue();

        Map<String, Double> samples =
            asked.samples(StatActivityAutovacuumScraper.STAT_ACTIVITY_AUTOVACUUM);

        String name = "pg_stat_activity_autovacuum_timestamp_seconds{relname=";
        assertThat(samples.keySet()).contains(name + "\"old\"}", name + "\"same\"}");
        assertThat(samples.keySet()).noneMatch(series -> series.contains("("));
        assertThat(samples.get(name + "\"same\"}")).isGreaterThan(1.7e9);
      }
    }
  }

  /** Tables of ours that a worker is at, by the progress that each of them reports. */
  private static long workers(Asked asked) {
    try {
      return asked
          .samples(StatProgressVacuumScraper.STAT_PROGRESS_VACUUM, "heap_blks{")
          .keySet()
          .stream()
          .filter(series -> series.matches(".*\"(a|b)\\.(same|old)\".*"))
          .count();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
