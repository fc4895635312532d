package dev.yagura.core.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetRunTest {
  @Test
  void aScrapeVisitsItsTargetOnce() {
    FakeTarget target = FakeTarget.answering("t");
    try (var group = new Group(target)) {
      for (int i = 1; i <= 500; i++) {
        assertThat(group.scrape().value("value", "t")).isEqualTo(i);
        assertThat(target.visits).hasValue(i);
      }
    }
  }

  @Test
  void everyScraperReportsAfterASuccess() {
    try (var group = new Group(FakeTarget.answering("t"))) {
      Answer answer = group.scrape();
      for (String scraper : List.of("one", "two")) {
        assertThat(answer.scrape("success", "t", scraper)).isEqualTo(1);
        assertThat(answer.scrape("duration_seconds", "t", scraper)).isNotNegative();
        assertThat(answer.saysOf("unsupported", "t", scraper)).isFalse();
      }
      assertThat(answer.value("up", "t")).isEqualTo(1);
    }
  }

  @Test
  void everyScraperReportsAlsoWhereTheTargetCannotBeOpened() {
    var target =
        new FakeTarget(
            visit -> {
              throw new ScrapeException(FailureReason.DENIED, "wrong password");
            });
    try (var group = new Group(target)) {
      group.scrape();
      Answer answer = group.scrape();
      for (String scraper : List.of("one", "two")) {
        assertThat(answer.scrape("success", "t", scraper)).isZero();
        assertThat(answer.scrape("duration_seconds", "t", scraper)).isNotNegative();
        assertThat(answer.failures("t", scraper, "denied")).isEqualTo(2);
      }
      assertThat(answer.value("up", "t")).isZero();
      assertThat(answer.has("value", "t")).isFalse();
    }
  }

  @Test
  void whatIsNotSupportedIsSaid() {
    var target =
        new FakeTarget(
            visit -> {
              visit.run(FakeTarget.scraper("one", deadline -> FakeTarget.value(1)));
              visit.run(
                  FakeTarget.scraper(
                      "two",
                      deadline -> {
                        throw new UnsupportedException("needs 14");
                      }));
            });
    try (var group = new Group(target)) {
      Answer answer = group.scrape();
      assertThat(answer.scrape("unsupported", "t", "two")).isEqualTo(1);
      assertThat(answer.scrape("success", "t", "two")).isEqualTo(1);
      assertThat(answer.saysOf("unsupported", "t", "one")).isFalse();
    }
  }

  @Test
  void anErrorIsAnAnswerTooAndWhatWasReadBeforeItStays() {
    var target =
        new FakeTarget(
            visit -> {
              visit.run(FakeTarget.scraper("one", deadline -> FakeTarget.value(1)));
              throw new StackOverflowError();
            });
    try (var group = new Group(target)) {
      Answer answer = group.scrape();
      assertThat(answer.scrape("success", "t", "one")).isEqualTo(1);
      assertThat(answer.value("value", "t")).isEqualTo(1);
      assertThat(answer.scrape("success", "t", "two")).isZero();
      assertThat(answer.failures("t", "two", "bug")).isEqualTo(1);
    }
  }

  @Test
  void aSummaryThatBreaksCostsTheRunButNotTheReport() {
    var target = new BrokenSummary(FakeTarget.answering("t"));
    try (var group = new Group(target)) {
      group.scrape();
      Answer answer = group.scrape();
      for (String scraper : List.of("one", "two")) {
        assertThat(answer.scrape("success", "t", scraper)).isZero();
        assertThat(answer.failures("t", scraper, "bug")).isEqualTo(2);
      }
      assertThat(answer.has("value", "t")).isFalse();
      assertThat(group.targets.status().get(0).report()).isNotNull();
    }
  }

  private static final class BrokenSummary implements Target {
    private final Target target;

    BrokenSummary(Target target) {
      this.target = target;
    }

    @Override
    public String name() {
      return target.name();
    }

    @Override
    public ConstantLabels labels() {
      return target.labels();
    }

    @Override
    public List<String> scrapers() {
      return target.scrapers();
    }

    @Override
    public List<Family<?>> families() {
      return target.families();
    }

    @Override
    public void visit(Visit visit) throws Exception {
      target.visit(visit);
    }

    @Override
    public Snapshot summary(RunReport report) {
      throw new IllegalStateException("a broken summary");
    }

    @Override
    public void close() {
      target.close();
    }
  }

  @Test
  void rowsThatWereLeftOutAreCounted() {
    var target =
        new FakeTarget(
            visit -> {
              visit.run(FakeTarget.scraper("one", deadline -> FakeTarget.value(1)));
              visit.run(FakeTarget.scraper("two", deadline -> FakeTarget.value(2)));
            });
    try (var group = new Group(target)) {
      Answer answer = group.scrape();
      assertThat(answer.value("value", "t")).isEqualTo(1);
      assertThat(answer.values())
          .containsEntry("yagura_scrape_duplicate_rows{exporter=\"fake\",target=\"t\"}", 1.0);
    }
  }

  @Test
  void onlyTheScrapersThatAreWantedRunAndReport() {
    try (var group = new Group(FakeTarget.answering("t"))) {
      Answer answer = group.scrape(Group.only("two"), Group.AMPLE);
      assertThat(answer.scrape("success", "t", "two")).isEqualTo(1);
      assertThat(answer.saysOf("success", "t", "one")).isFalse();
      assertThat(answer.has("value", "t")).isFalse();
    }
  }
}
