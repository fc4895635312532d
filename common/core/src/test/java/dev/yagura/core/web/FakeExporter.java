package dev.yagura.core.web;

import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.page.Note;
import dev.yagura.core.page.Page;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Exporter;
import dev.yagura.core.scrape.Pending;
import dev.yagura.core.scrape.RunReport;
import dev.yagura.core.scrape.Scraper;
import dev.yagura.core.scrape.Selection;
import dev.yagura.core.scrape.Target;
import dev.yagura.core.scrape.TargetGroup;
import dev.yagura.core.scrape.TargetStatus;
import dev.yagura.core.scrape.Visit;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** An exporter of real target runs, whose targets do what a test tells. */
final class FakeExporter implements Exporter {
  /** What one target's only scraper does. */
  @FunctionalInterface
  interface Scraping {
    double scrape(Deadline deadline) throws Exception;
  }

  static final class FakeTarget implements Target {
    private final String name;
    private final String scraper;
    private final Family<Double> family;
    private final Scraping scraping;
    final AtomicInteger visits = new AtomicInteger();

    FakeTarget(String name, String scraper, Scraping scraping) {
      this.name = name;
      this.scraper = scraper;
      this.family = Family.gauge(scraper + "_value", "Help.", row -> row);
      this.scraping = scraping;
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
      return List.of(scraper);
    }

    @Override
    public List<Family<?>> families() {
      return List.of(family);
    }

    @Override
    public void visit(Visit visit) {
      visits.incrementAndGet();
      visit.run(
          new Scraper() {
            @Override
            public String name() {
              return scraper;
            }

            @Override
            public List<Family<?>> families() {
              return List.of(family);
            }

            @Override
            public Snapshot scrape(Deadline deadline) throws Exception {
              return Snapshot.of(List.of(family), scraping.scrape(deadline));
            }
          });
    }

    @Override
    public Snapshot summary(RunReport report) {
      return Snapshot.empty();
    }

    @Override
    public void close() {}
  }

  private final String name;
  private final Duration budget;
  private final TargetGroup group;
  private List<Page> pages = List.of();
  private List<Note> notes = List.of();

  FakeExporter(String name, Duration budget, FakeTarget... targets) {
    this.name = name;
    this.budget = budget;
    this.group = new TargetGroup(name, Arrays.asList(targets), System::nanoTime, Clock.systemUTC());
  }

  FakeExporter pages(Page... shown) {
    pages = List.of(shown);
    return this;
  }

  FakeExporter notes(Note... shown) {
    notes = List.of(shown);
    return this;
  }

  @Override
  public List<Page> pages() {
    return pages;
  }

  @Override
  public List<Note> notes() {
    return notes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Family<?>> families() {
    return group.families();
  }

  @Override
  public List<String> scrapers() {
    return group.scrapers();
  }

  @Override
  public Duration budget() {
    return budget;
  }

  @Override
  public boolean hasTarget(String target) {
    return group.has(target);
  }

  @Override
  public Pending start(Optional<String> target, Selection selection, Deadline deadline) {
    return group.start(target, selection, deadline);
  }

  @Override
  public List<TargetStatus> status() {
    return group.status();
  }

  @Override
  public void close() {
    group.close();
  }
}
