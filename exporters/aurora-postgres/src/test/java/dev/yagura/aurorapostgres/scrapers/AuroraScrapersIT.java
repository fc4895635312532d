package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.scrape.UnsupportedException;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.Goldens;
import dev.yagura.testing.PostgresServer;
import dev.yagura.testing.Promtool;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all scrapers of Aurora keep, on every major. */
class AuroraScrapersIT {
  private static final int NEWEST = PostgresServer.majors().get(PostgresServer.majors().size() - 1);

  private static final Goldens GOLDENS = Goldens.in(AuroraScrapersIT.class);

  /** Without which function a scraper has nothing to ask. */
  private static final Map<String, Set<String>> NEEDED_BY =
      Map.ofEntries(
          Map.entry("aurora_ccm_status", Set.of("aurora_ccm")),
          Map.entry("aurora_db_instance_identifier", Set.of()),
          Map.entry("aurora_global_db_instance_status", Set.of("aurora_global")),
          Map.entry("aurora_global_db_status", Set.of("aurora_global")),
          Map.entry("aurora_replica_status", Set.of("aurora_replica_status")),
          Map.entry("aurora_stat_database", Set.of("aurora_stat_database")),
          Map.entry("aurora_stat_dml_activity", Set.of("aurora_dml")),
          Map.entry("aurora_stat_get_db_commit_latency", Set.of("aurora_commit")),
          Map.entry("aurora_stat_logical_wal_cache", Set.of("aurora_logical_wal_cache")),
          Map.entry("aurora_stat_memctx_usage", Set.of("aurora_memory_contexts")),
          Map.entry("aurora_stat_optimized_reads_cache", Set.of("aurora_optimized_reads_cache")),
          Map.entry("aurora_stat_resource_usage", Set.of("aurora_memory")),
          Map.entry("aurora_stat_statements", Set.of("aurora_statements")),
          Map.entry("aurora_stat_system_waits", Set.of("aurora_waits")),
          Map.entry("aurora_stat_wait_event", Set.of("aurora_waits")),
          Map.entry("aurora_stat_wait_type", Set.of("aurora_waits")),
          Map.entry("aurora_version", Set.of("aurora_version")));

  static List<Integer> majors() {
    return PostgresServer.majors();
  }

  @ParameterizedTest
  @MethodSource("majors")
  void everyScraperSaysWhatItsGoldenSays(int major) throws Exception {
    try (AuroraStandIn aurora = AuroraStandIn.on(major)) {
      aurora.steady();
      PgSession session = aurora.session();
      for (PgScraper scraper : withoutContexts()) {
        GOLDENS.assertMatches(scraper.name(), AuroraStandIn.text(scraper, session));
      }
      aurora.execute("DROP FUNCTION pg_catalog.aurora_stat_resource_usage");
      PgScraper contexts = AuroraMemoryContextsScraper.MEMORY_CONTEXTS;
      GOLDENS.assertMatches(contexts.name(), AuroraStandIn.text(contexts, aurora.session()));
    }
  }

  private static List<PgScraper> withoutContexts() {
    return AuroraStandIn.scrapers(System::nanoTime).stream()
        .filter(scraper -> scraper != AuroraMemoryContextsScraper.MEMORY_CONTEXTS)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("majors")
  void aRoleWithNothingButPgMonitorReadsAllThatASuperuserReads(int major) throws Exception {
    try (AuroraStandIn aurora = AuroraStandIn.on(major)) {
      aurora.steady();
      aurora.execute("CREATE ROLE aurora_watcher LOGIN", "GRANT pg_monitor TO aurora_watcher");
      try {
        PgSession superuser = aurora.session();
        PgSession watcher = aurora.session("aurora_watcher");
        for (PgScraper scraper : withoutContexts()) {
          assertThat(AuroraStandIn.text(scraper, watcher))
              .as(scraper.name())
              .isNotEmpty()
              .isEqualTo(AuroraStandIn.text(scraper, superuser));
        }
      } finally {
        aurora.execute("DROP ROLE aurora_watcher");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("majors")
  void onAnOrdinaryPostgresEveryScraperIsUnsupportedWithoutASingleStatement(int major)
      throws Exception {
    try (AuroraStandIn postgres = AuroraStandIn.plain(major)) {
      PgSession session = postgres.session();
      postgres.hangUp();

      for (PgScraper scraper : AuroraStandIn.scrapers(System::nanoTime)) {
        // Whatever sent a statement now would fail as unreachable.
        assertThatThrownBy(() -> scraper.scrape(session, AuroraStandIn.deadline()))
            .as(scraper.name())
            .isInstanceOf(UnsupportedException.class)
            .hasMessage("needs Aurora");
      }
    }
  }

  @Test
  void aFunctionThatThisAuroraLacksSilencesWhoNeedsItAndNobodyElse() throws Exception {
    try (AuroraStandIn aurora = AuroraStandIn.on(NEWEST)) {
      for (Map.Entry<String, Set<String>> function : NEEDED_BY.entrySet()) {
        String name = function.getKey();
        aurora.execute("ALTER FUNCTION pg_catalog." + name + " RENAME TO gone_" + name);
        assertThat(unsupported(aurora, withoutContexts()))
            .as("without " + name)
            .containsExactlyInAnyOrderElementsOf(
                function.getValue().stream()
                    .filter(scraper -> !scraper.equals("aurora_memory_contexts"))
                    .toList());
        aurora.execute("ALTER FUNCTION pg_catalog.gone_" + name + " RENAME TO " + name);
      }
    }
  }

  @Test
  void memoryContextsAreAskedForOnlyWhereSessionsCannotBe() throws Exception {
    List<PgScraper> both =
        List.of(AuroraMemoryScraper.MEMORY, AuroraMemoryContextsScraper.MEMORY_CONTEXTS);
    try (AuroraStandIn aurora = AuroraStandIn.on(NEWEST)) {
      assertThat(unsupported(aurora, both)).containsExactly("aurora_memory_contexts");

      aurora.execute("DROP FUNCTION pg_catalog.aurora_stat_resource_usage");
      assertThat(unsupported(aurora, both)).containsExactly("aurora_memory");

      aurora.execute("DROP FUNCTION pg_catalog.aurora_stat_memctx_usage");
      assertThat(unsupported(aurora, both)).hasSize(2);
    }
  }

  @Test
  void aFunctionThatWentSinceItWasListedIsUnsupportedToo() throws Exception {
    try (AuroraStandIn aurora = AuroraStandIn.on(NEWEST)) {
      PgSession session = aurora.session();
      for (String function : NEEDED_BY.keySet()) {
        aurora.execute("DROP FUNCTION pg_catalog." + function);
      }
      for (PgScraper scraper : AuroraStandIn.scrapers(System::nanoTime)) {
        assertThatThrownBy(() -> scraper.scrape(session, AuroraStandIn.deadline()))
            .as(scraper.name())
            .isInstanceOf(UnsupportedException.class);
      }
    }
  }

  private static List<String> unsupported(AuroraStandIn aurora, List<PgScraper> scrapers)
      throws Exception {
    PgSession session = aurora.session();
    List<String> names = new ArrayList<>();
    for (PgScraper scraper : scrapers) {
      try {
        scraper.scrape(session, AuroraStandIn.deadline());
      } catch (UnsupportedException e) {
        names.add(scraper.name());
      }
    }
    aurora.hangUp();
    return names;
  }

  @Test
  void allThatIsEmittedWasDeclaredAndNoFamilyIsDeclaredTwice() throws Exception {
    List<PgScraper> scrapers = AuroraStandIn.scrapers(System::nanoTime);
    assertThat(scrapers.stream().flatMap(scraper -> scraper.families().stream()).map(Family::name))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.startsWith("aurora_"));
    try (AuroraStandIn aurora = AuroraStandIn.on(NEWEST)) {
      PgSession session = aurora.session();
      for (PgScraper scraper : withoutContexts()) {
        assertThat(scraper.families().stream().map(Family::name).toList())
            .as(scraper.name())
            .containsAll(Expositions.parse(AuroraStandIn.text(scraper, session)).families());
      }
    }
  }

  @Test
  void promtoolHasNoComplaint() throws Exception {
    Promtool.assumePresent();
    try (AuroraStandIn aurora = AuroraStandIn.on(NEWEST)) {
      PgSession session = aurora.session();
      for (PgScraper scraper : withoutContexts()) {
        assertThat(Promtool.complaints(AuroraStandIn.text(scraper, session)))
            .as(scraper.name())
            .isEmpty();
      }
      aurora.execute("DROP FUNCTION pg_catalog.aurora_stat_resource_usage");
      PgScraper contexts = AuroraMemoryContextsScraper.MEMORY_CONTEXTS;
      assertThat(Promtool.complaints(AuroraStandIn.text(contexts, aurora.session()))).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("majors")
  void whatAuroraDoesNotSupportFailsAsItDoesThere(int major) throws Exception {
    try (AuroraStandIn aurora = AuroraStandIn.on(major)) {
      String script = AuroraStandIn.script("unsupported.sql");
      aurora.execute(script);
      aurora.execute(script);
      for (String call :
          List.of(
              "SELECT * FROM pg_ls_waldir()",
              "SELECT pg_last_xact_replay_timestamp()",
              "SELECT pg_last_wal_receive_lsn()")) {
        assertThatThrownBy(() -> aurora.execute(call))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"));
      }
    }
  }
}
