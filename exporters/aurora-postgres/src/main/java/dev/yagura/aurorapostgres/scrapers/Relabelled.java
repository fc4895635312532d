package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A scraper whose families are shown with one label more, or under a second name. */
record Relabelled(PgScraper scraper, Snapshot.Mapper mapper) implements PgScraper {

  /** The same, with one label more on every sample. */
  static PgScraper withLabel(PgScraper scraper, String label, String value) {
    return new Relabelled(
        scraper,
        new Snapshot.Mapper() {
          @Override
          public <R> List<Family<R>> map(List<Family<R>> families) {
            return families.stream().map(family -> family.label(label, row -> value)).toList();
          }
        });
  }

  /**
   * The same, and some families a second time.
   *
   * @param alias the second name of a family, or its own where it has none
   */
  static PgScraper withAliases(PgScraper scraper, UnaryOperator<String> alias) {
    return new Relabelled(
        scraper,
        new Snapshot.Mapper() {
          @Override
          public <R> List<Family<R>> map(List<Family<R>> families) {
            List<Family<R>> all = new ArrayList<>(families);
            for (Family<R> family : families) {
              String other = alias.apply(family.name());
              if (!other.equals(family.name())) {
                all.add(family.named(other));
              }
            }
            return all;
          }
        });
  }

  @Override
  public String name() {
    return scraper.name();
  }

  @Override
  public List<? extends Family<?>> families() {
    return scraper.families().stream().flatMap(family -> mapped(family).stream()).toList();
  }

  private <R> List<? extends Family<?>> mapped(Family<R> family) {
    return mapper.map(List.of(family));
  }

  @Override
  public Snapshot scrape(PgSession session, Deadline deadline) throws Exception {
    return scraper.scrape(session, deadline).map(mapper);
  }
}
