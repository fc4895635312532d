package dev.yagura.core.scrape;

import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A target of two scrapers, {@code one} and {@code two}, whose visit a test tells. */
final class FakeTarget implements Target {
  /** What happens in a visit. */
  @FunctionalInterface
  interface Visiting {
    void visit(Visit visit) throws Exception;
  }

  static final Family<Integer> VALUE = Family.gauge("value", "Help.", row -> row);
  static final Family<Integer> UP = Family.gauge("up", "Help.", row -> row);

  private final String name;
  private final Visiting visiting;
  final AtomicInteger visits = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();

  FakeTarget(String name, Visiting visiting) {
    this.name = name;
    this.visiting = visiting;
  }

  FakeTarget(Visiting visiting) {
    this("t", visiting);
  }

  /** Both scrapers answer, the first with the number of the visit. */
  static FakeTarget answering(String name) {
    var number = new AtomicInteger();
    return new FakeTarget(
        name,
        visit -> {
          visit.run(scraper("one", deadline -> value(number.incrementAndGet())));
          visit.run(scraper("two", deadline -> Snapshot.empty()));
        });
  }

  static Snapshot value(int value) {
    return Snapshot.of(List.of(VALUE), value);
  }

  /** What a scraper does. */
  @FunctionalInterface
  interface Scraping {
    Snapshot scrape(Deadline deadline) throws Exception;
  }

  static Scraper scraper(String name, Scraping scraping) {
    return new Scraper() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public List<Family<?>> families() {
        return List.of(VALUE);
      }

      @Override
      public Snapshot scrape(Deadline deadline) throws Exception {
        return scraping.scrape(deadline);
      }
    };
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ConstantLabels labels() {
    return ConstantLabels.of(Map.of("target", name));
  }

  @Override
  public List<String> scrapers() {
    return List.of("one", "two");
  }

  @Override
  public List<Family<?>> families() {
    return List.of(VALUE, UP);
  }

  @Override
  public void visit(Visit visit) throws Exception {
    visits.incrementAndGet();
    visiting.visit(visit);
  }

  @Override
  public Snapshot summary(RunReport report) {
    return Snapshot.of(List.of(UP), report.reached() ? 1 : 0);
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }
}
