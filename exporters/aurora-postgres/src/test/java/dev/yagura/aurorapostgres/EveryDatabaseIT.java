package dev.yagura.aurorapostgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.PostgresServer;
import dev.yagura.testing.Sample;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EveryDatabaseIT {
  private static final PostgresServer SERVER = PostgresServer.shared(17);

  private String one = "";
  private String other = "";

  @BeforeEach
  void twoDatabases() throws Exception {
    one = SERVER.createDatabase();
    other = SERVER.createDatabase();
    for (String database : List.of(one, other)) {
      SERVER.execute(database, "CREATE TABLE things (id int PRIMARY KEY)");
    }
  }

  @AfterEach
  void dropThem() throws Exception {
    SERVER.dropDatabase(one);
    SERVER.dropDatabase(other);
  }

  @Test
  void withoutPatternsOnlyTheConnectedDatabaseIsVisited() {
    try (Watch watch = Watch.port(SERVER.port(), one)) {
      assertThat(databases(watch.scrape())).containsExactly(one);
    }
  }

  @Test
  void everyIncludedDatabaseIsVisitedAndAnExcludedOneIsNot() throws Exception {
    try (Watch watch = watch("{include: [\"%s\", \"%s\"], exclude: []}".formatted(one, other))) {
      assertThat(databases(watch.scrape())).containsExactlyInAnyOrder(one, other);
      assertThat(SERVER.sessions("yagura")).isEqualTo(1);
    }
    try (Watch watch = watch("{include: [\"*\"], exclude: [\"%s\"]}".formatted(other))) {
      assertThat(databases(watch.scrape())).contains(one).doesNotContain(other);
    }
  }

  @Test
  void indexesOfTheSameNameInTwoDatabasesAreTwoSeries() {
    try (Watch watch =
        watch(
            "{include: [\"%s\", \"%s\"]}\ncollectors: {statio_user_indexes: {enabled: true}}"
                .formatted(one, other))) {
      ParsedExposition scrape = watch.scrape();
      assertThat(scrape.samples("pg_statio_user_indexes_idx_blks_read_total")).hasSize(2);
      assertThat(scrape.samples("yagura_scrape_duplicate_rows"))
          .allMatch(duplicates -> duplicates.value() == 0);
    }
  }

  @Test
  void aDatabaseThatWeMayNotEnterIsLeftOutAndTheOthersAreWhole() throws Exception {
    SERVER.execute("postgres", "ALTER DATABASE " + other + " ALLOW_CONNECTIONS false");
    try (Watch watch = watch("{include: [\"%s\", \"%s\"]}".formatted(one, other))) {
      ParsedExposition scrape = watch.scrape();
      assertThat(databases(scrape)).containsExactly(one);
      assertThat(scrape.samples("yagura_scrape_success")).allMatch(success -> success.value() == 1);
    }
  }

  private Watch watch(String patterns) {
    return Watch.of(
        """
        targets: [{url: "%s"}]
        databases: %s
        """
            .formatted(Watch.address(SERVER.port(), one), patterns));
  }

  private static List<String> databases(ParsedExposition scrape) {
    return scrape.samples("pg_stat_user_tables_n_live_tup").stream()
        .map((Sample sample) -> sample.label("datname"))
        .distinct()
        .toList();
  }
}
