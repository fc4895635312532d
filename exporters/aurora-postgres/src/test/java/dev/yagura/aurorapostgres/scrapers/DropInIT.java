package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.core.scrape.UnsupportedException;
import dev.yagura.testing.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the drop-in scrapers on every server that is supported. */
final class DropInIT {

  static List<Integer> majors() {
    return PostgresServer.majors();
  }

  @ParameterizedTest
  @MethodSource("majors")
  void everyScraperAnswersUnlessTheServerIsTooOldOrTooNewForIt(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String database = server.createDatabase();
    server.execute(database, "CREATE EXTENSION pg_buffercache");
    Set<String> unsupported = new TreeSet<>();

    try (var asked = new Asked(server, database)) {
      for (PgScraper scraper : DropInScrapers.ALL) {
        try {
          var samples = asked.samples(scraper);
          assertThat(samples.keySet())
              .as(scraper.name())
              .allSatisfy(sample -> assertThat(isDeclared(scraper, sample)).as(sample).isTrue());
        } catch (UnsupportedException e) {
          unsupported.add(scraper.name());
        }
      }
    }

    Set<String> expected = new TreeSet<>(Set.of("xlog_location"));
    if (major < 16) {
      expected.add("buffercache_summary");
    }
    if (major < 17) {
      expected.add("stat_checkpointer");
    }
    assertThat(unsupported).isEqualTo(expected);
    server.dropDatabase(database);
  }

  private static boolean isDeclared(PgScraper scraper, String sample) {
    int brace = sample.indexOf('{');
    String name = brace < 0 ? sample : sample.substring(0, brace);
    return scraper.families().stream()
        .anyMatch(
            family ->
                family.name().equals(name)
                    || (family.name().endsWith("_") && name.startsWith(family.name()))
                    || name.matches(family.name() + "_(bucket|count|sum)"));
  }

  @ParameterizedTest
  @MethodSource("majors")
  void everySettingHasTheValueThatOtherSessionsSee(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    try (var asked = new Asked(server, "postgres");
        var other = server.connect("postgres")) {
      Map<String, Double> samples = asked.samples(SettingsScraper.SETTINGS);

      Map<String, String> theirs = settings(other);
      // The driver sets it for the session it is asked in here; ours shows the server's.
      theirs.put("pg_settings_extra_float_digits", "1");
      theirs.forEach(
          (name, value) -> assertThat(samples).as(name).containsEntry(name, Double.valueOf(value)));
      assertThat(samples).hasSize(theirs.size());
      assertThat(samples)
          .containsEntry("pg_settings_lock_timeout_seconds", 0.0)
          .containsEntry("pg_settings_transaction_read_only", 0.0)
          .containsEntry("pg_settings_log_min_duration_statement_seconds", -1.0)
          .containsKey("pg_settings_shared_buffers_bytes");
    }
  }

  /** The conversion once more, by the server. */
  private static Map<String, String> settings(Connection connection) throws SQLException {
    return pairs(
        connection,
        """
        SELECT 'pg_settings_' || replace(name, '.', '_')
                 || CASE WHEN unit IN ('ms', 's', 'min') THEN '_seconds'
                         WHEN unit IS NOT NULL THEN '_bytes' ELSE '' END,
               CASE WHEN vartype = 'bool' THEN CASE setting WHEN 'on' THEN '1' ELSE '0' END
                    WHEN setting = '-1' THEN '-1'
                    WHEN unit = 'ms' THEN (setting::float8 / 1000)::text
                    WHEN unit = 's' THEN setting
                    WHEN unit = 'min' THEN (setting::float8 * 60)::text
                    WHEN unit = 'B' THEN setting
                    WHEN unit IS NOT NULL
                    THEN (setting::float8 * pg_size_bytes('1' || ltrim(unit, '0123456789'))
                          * coalesce(substring(unit FROM '^\\d+'), '1')::float8)::text
                    ELSE setting END
          FROM pg_settings
         WHERE vartype IN ('bool', 'integer', 'real')
        """);
  }

  @ParameterizedTest
  @MethodSource("majors")
  void aNullColumnCostsNoOtherColumn(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String database = server.createDatabase();
    // Up to 14 a database's statistics begin with a reset.
    boolean neverReset = major >= 15;
    try (var asked = new Asked(server, database)) {
      Map<String, Double> samples =
          asked.samples(StatDatabaseScraper.STAT_DATABASE, "datname=\"" + database + "\"");

      List<String> names =
          samples.keySet().stream()
              .map(sample -> sample.substring(0, sample.indexOf('{')))
              .toList();
      assertThat(names.contains("pg_stat_database_stats_reset")).isEqualTo(!neverReset);
      assertThat(names.contains("pg_stat_database_active_time_seconds_total"))
          .isEqualTo(major >= 14);
      assertThat(names)
          .contains(
              "pg_stat_database_numbackends",
              "pg_stat_database_blk_read_time",
              "pg_stat_database_deadlocks");
    }
    server.dropDatabase(database);
  }

  @ParameterizedTest
  @MethodSource("majors")
  void countersOfADatabaseAreThoseOfTheView(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String database = server.createDatabase();
    server.execute(database, "CREATE TABLE t (i int)", "INSERT INTO t VALUES (1), (2)");
    try (var asked = new Asked(server, "postgres");
        var other = server.connect("postgres")) {
      Map<String, String> expected =
          pairs(
              other,
              """
              SELECT 'pg_stat_database_' || key
                       || '{datid="' || datid || '",datname="' || datname || '"}', value
                FROM pg_stat_database s
               CROSS JOIN LATERAL jsonb_each_text(to_jsonb(s))
               WHERE datname = '%s' AND value IS NOT NULL
                 AND key IN ('numbackends', 'xact_commit', 'xact_rollback', 'tup_inserted',
                             'tup_updated', 'conflicts', 'temp_bytes', 'deadlocks')
              """
                  .formatted(database));

      Map<String, Double> samples = asked.samples(StatDatabaseScraper.STAT_DATABASE);

      assertThat(expected).hasSize(8);
      expected.forEach(
          (name, value) -> assertThat(samples).as(name).containsEntry(name, Double.valueOf(value)));
      assertThat(samples.keySet()).noneMatch(name -> name.contains("datname=\"\""));
    }
    server.dropDatabase(database);
  }

  @ParameterizedTest
  @MethodSource("majors")
  void conflictsWithLogicalSlotsAreShownWhereTheServerCountsThem(int major) throws Exception {
    try (var asked = new Asked(PostgresServer.shared(major), "postgres")) {
      Map<String, Double> samples =
          asked.samples(
              StatDatabaseConflictsScraper.STAT_DATABASE_CONFLICTS, "datname=\"postgres\"");

      assertThat(samples).hasSize(major >= 16 ? 6 : 5);
      assertThat(samples.keySet().stream().anyMatch(name -> name.contains("logicalslot")))
          .isEqualTo(major >= 16);
    }
  }

  @ParameterizedTest
  @MethodSource("majors")
  void theWritersWorkIsSplitInTwoSince17(int major) throws Exception {
    try (var asked = new Asked(PostgresServer.shared(major), "postgres")) {
      Map<String, Double> writer = asked.samples(StatBgwriterScraper.STAT_BGWRITER);

      assertThat(writer).hasSize(major >= 17 ? 4 : 11);
      assertThat(writer).containsKeys("pg_stat_bgwriter_buffers_alloc_total");
      if (major >= 17) {
        assertThat(asked.samples(StatCheckpointerScraper.STAT_CHECKPOINTER)).hasSize(9);
      } else {
        assertThatThrownBy(() -> asked.samples(StatCheckpointerScraper.STAT_CHECKPOINTER))
            .isInstanceOf(UnsupportedException.class)
            .hasMessageContaining("needs PostgreSQL 17");
      }
    }
  }

  private static Map<String, String> pairs(Connection connection, String sql) throws SQLException {
    Map<String, String> pairs = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        pairs.put(rows.getString(1), rows.getString(2));
      }
    }
    return pairs;
  }
}
