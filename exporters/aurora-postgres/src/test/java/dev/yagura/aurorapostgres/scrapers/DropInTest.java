package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.aurorapostgres.scrapers.Catalogue.Chosen;
import dev.yagura.core.metrics.Family;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Ours declare what postgres_exporter emits: every name, type and label, and nothing beside. */
final class DropInTest {
  /** What the exporter says of itself and of the target, and no scraper does. */
  private static final Set<String> NO_COLLECTORS = Set.of("(core)", "(exporter)", "(config)");

  /** How many tables a bound left out is told beside what postgres_exporter tells. */
  private static final String BESIDE = "_omitted";

  private static List<PgScraper> collectors() {
    return Catalogue.Choice.all().make("", Compatibility.NONE, () -> 0).stream()
        .filter(Chosen::collector)
        .map(Chosen::scraper)
        .toList();
  }

  @Test
  void everyCollectorHasAScraperOfItsName() {
    Set<String> wanted =
        DropInTable.read().stream()
            .map(DropInTable.Entry::collector)
            .filter(name -> !NO_COLLECTORS.contains(name))
            .filter(name -> !name.equals("stat_database_conflicts"))
            .collect(Collectors.toSet());

    assertThat(collectors())
        .extracting(PgScraper::name)
        .containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void whatRunsByDefaultThereRunsByDefaultHere() {
    Set<String> wanted =
        DropInTable.read().stream()
            .filter(DropInTable.Entry::byDefault)
            .map(DropInTable.Entry::collector)
            .filter(name -> !NO_COLLECTORS.contains(name))
            .filter(name -> !name.equals("stat_database_conflicts"))
            .collect(Collectors.toSet());

    assertThat(
            Catalogue.Choice.defaults().make("", Compatibility.NONE, () -> 0).stream()
                .filter(Chosen::collector)
                .map(chosen -> chosen.scraper().name()))
        .containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void everyFamilyHasTheSameNameTypeAndLabels() {
    for (PgScraper scraper : collectors()) {
      List<DropInTable.Entry> wanted =
          DropInTable.read().stream()
              .filter(entry -> entry.collector().equals(scraper.name()))
              .toList();

      assertThat(
              scraper.families().stream()
                  .filter(family -> !family.name().contains(BESIDE))
                  .map(family -> entry(scraper, family, wanted)))
          .as(scraper.name())
          .containsExactlyInAnyOrderElementsOf(wanted);
    }
  }

  private static DropInTable.Entry entry(
      PgScraper scraper, Family<?> family, List<DropInTable.Entry> wanted) {
    return new DropInTable.Entry(
        scraper.name(),
        wanted.get(0).byDefault(),
        family.name(),
        family.type().textName(),
        new TreeSet<>(family.labels().names()));
  }
}
