package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.metrics.Family;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Ours declare what postgres_exporter emits: every name, type and label, and nothing beside. */
final class DropInTest {
  private static final List<PgScraper> SCRAPERS = DropInScrapers.ALL;

  /** Collectors that run in each database. */
  private static final Set<String> NOT_OF_THE_WHOLE_SERVER =
      Set.of("stat_user_tables", "statio_user_tables", "statio_user_indexes", "stat_statements");

  /** What the exporter says of itself and of the target, and no scraper does. */
  private static final Set<String> NO_COLLECTORS = Set.of("(core)", "(exporter)", "(config)");

  @Test
  void everyCollectorHasAScraperOfItsName() {
    Set<String> wanted =
        DropInTable.read().stream()
            .map(DropInTable.Entry::collector)
            .filter(name -> !NOT_OF_THE_WHOLE_SERVER.contains(name))
            .filter(name -> !NO_COLLECTORS.contains(name))
            .collect(Collectors.toSet());

    assertThat(SCRAPERS).extracting(PgScraper::name).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void everyFamilyHasTheSameNameTypeAndLabels() {
    for (PgScraper scraper : SCRAPERS) {
      List<DropInTable.Entry> wanted =
          DropInTable.read().stream()
              .filter(entry -> entry.collector().equals(scraper.name()))
              .toList();

      assertThat(scraper.families().stream().map(family -> entry(scraper, family)))
          .as(scraper.name())
          .containsExactlyInAnyOrderElementsOf(wanted);
    }
  }

  private static DropInTable.Entry entry(PgScraper scraper, Family<?> family) {
    return new DropInTable.Entry(
        scraper.name(),
        family.name(),
        family.type().textName(),
        new TreeSet<>(family.labels().names()));
  }
}
