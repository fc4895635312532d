package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.scrape.UnsupportedException;
import dev.yagura.testing.PostgresServer;
import dev.yagura.testing.Promtool;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MissesOnEveryMajorIT {
  private static final List<PgScraper> SCRAPERS =
      List.of(
          LockWaitsScraper.LOCK_WAITS,
          VacuumScraper.VACUUM,
          ConnectionsScraper.CONNECTIONS,
          IdleInTransactionScraper.IDLE_IN_TRANSACTION,
          SlotsRetainedScraper.SLOTS_RETAINED,
          SequencesScraper.sequences(),
          InvalidIndexesScraper.INVALID_INDEXES,
          DatabaseHealthScraper.DATABASE_HEALTH,
          StatIoScraper.STAT_IO,
          StatWalScraper.STAT_WAL,
          StatSlruScraper.STAT_SLRU,
          PendingRestartScraper.PENDING_RESTART);

  /** Nobody is idle, there is no slot, and checksums may be off. */
  private static final Set<String> MAY_BE_SILENT =
      Set.of("idle_in_transaction", "slots_retained", "database_health");

  private static int oldest(String scraper) {
    return switch (scraper) {
      case "stat_io" -> 16;
      case "stat_wal" -> 14;
      default -> 13;
    };
  }

  static List<Integer> majors() {
    return PostgresServer.majors();
  }

  @ParameterizedTest
  @MethodSource("majors")
  void aRoleWithPgMonitorIsAnsweredByWhatIsDeclaredAndNoRowTwice(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String database = server.createDatabase();
    String role = database + "_monitor";
    server.execute("postgres", "CREATE ROLE " + role + " LOGIN IN ROLE pg_monitor");
    try {
      for (PgScraper scraper : SCRAPERS) {
        String name = scraper.name();
        if (major < oldest(name)) {
          assertThatThrownBy(() -> Answer.of(scraper, server, database, role))
              .as(name)
              .isInstanceOf(UnsupportedException.class);
          continue;
        }
        Answer asked = Answer.of(scraper, server, database, role);
        assertThat(asked.duplicates()).as(name).isZero();
        assertThat(asked.samples().values()).as(name).noneMatch(value -> value.isNaN());
        Set<String> declared =
            scraper.families().stream().map(Family::name).collect(Collectors.toSet());
        assertThat(declared).as(name).containsAll(asked.names());
        if (!MAY_BE_SILENT.contains(name)) {
          assertThat(asked.names()).as(name).isNotEmpty();
        }
      }
    } finally {
      server.dropDatabase(database);
      server.execute("postgres", "DROP ROLE " + role);
    }
  }

  @Test
  void theLinterHasNothingToSay() throws Exception {
    Promtool.assumePresent();
    PostgresServer server = PostgresServer.shared(18);
    for (PgScraper scraper : SCRAPERS) {
      assertThat(Promtool.complaints(Answer.of(scraper, server, "postgres").text()))
          .as(scraper.name())
          .isEmpty();
    }
  }

  @Test
  void noTwoScrapersDeclareTheSameFamily() {
    var seen = new TreeSet<String>();
    for (PgScraper scraper : SCRAPERS) {
      for (Family<?> family : scraper.families()) {
        assertThat(seen.add(family.name())).as(family.name()).isTrue();
      }
    }
  }
}
