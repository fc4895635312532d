package dev.yagura.benchmark.cloudwatch;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The figures as Markdown. */
final class Report {
  private static final double SCRAPE_GOAL_MILLISECONDS = 20;
  private static final double REFRESH_GOAL = 0.1;
  private static final double CALLS_GOAL = 0.25;

  private static final Duration OUR_DEFAULT = Duration.ofMinutes(5);
  private static final Duration LISTED_EVERY = Duration.ofMinutes(30);

  /** Of Prometheus; the peer asks in each scrape. */
  private static final Duration SCRAPED_EVERY = Duration.ofMinutes(1);

  private final StringBuilder text = new StringBuilder();

  Report line(String line) {
    text.append(line).append('\n');
    return this;
  }

  private void row(String... cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  /**
   * All figures, and the goals.
   *
   * @param first what our first refresh called, listing included
   */
  Report figures(Figures ours, Calls first, Figures data, Figures statistics) {
    line("");
    row("figure", "Yagura", "peer, GetMetricData", "peer, its default");
    line("|---|---|---|---|");
    row(
        "`/metrics`, ms",
        ms(ours.scrapeSeconds, 1),
        ms(data.scrapeSeconds, 0),
        ms(statistics.scrapeSeconds, 0));
    row("`/metrics` in a refresh, ms", ms(ours.scrapeSecondsInRefresh, 1), "the same", "the same");
    row(
        "a refresh, s",
        s(ours.refreshSeconds),
        s(data.refreshSeconds),
        s(statistics.refreshSeconds));
    row(
        "calls a refresh",
        ours.usualCalls().show(),
        data.usualCalls().show(),
        statistics.usualCalls().show());
    Calls listing = first.only("ListMetrics");
    row(
        "dollars a month at the defaults",
        dollars(
            ours.usualCalls().dollarsPerMonth(OUR_DEFAULT) + listing.dollarsPerMonth(LISTED_EVERY)),
        dollars(data.usualCalls().dollarsPerMonth(SCRAPED_EVERY)),
        dollars(statistics.usualCalls().dollarsPerMonth(SCRAPED_EVERY)));
    row(
        "the same, each metric every 60 s",
        dollars(
            ours.usualCalls().dollarsPerMonth(SCRAPED_EVERY)
                + listing.dollarsPerMonth(LISTED_EVERY)),
        dollars(data.usualCalls().dollarsPerMonth(SCRAPED_EVERY)),
        dollars(statistics.usualCalls().dollarsPerMonth(SCRAPED_EVERY)));
    row("`/metrics` while AWS is frozen, ms", frozen(ours), frozen(data), frozen(statistics));
    row(
        "resident, MiB",
        number(ours.residentMebibytes, 0),
        number(data.residentMebibytes, 0),
        number(statistics.residentMebibytes, 0));
    line("");
    line("Ours lists every 30 min (" + listing.show() + ") and asks every 300 s by default.");
    line("The peer does both in each scrape; one every 60 s is counted.");
    line("");
    line(
        "Our last refresh by scraper, ms: "
            + ours.lastRefresh.entrySet().stream()
                .map(each -> each.getKey() + " " + number(each.getValue() * 1000, 0))
                .collect(Collectors.joining(", "))
            + ".");
    goals(ours, data, statistics);
    return this;
  }

  private void goals(Figures ours, Figures data, Figures statistics) {
    List<Double> all = Figures.milliseconds(ours.allScrapeSeconds());
    Spread spread = Spread.of(all);
    line("");
    row("goal", "figure", "");
    line("|---|---|---|");
    row(
        "`/metrics` in under 20 ms at any time",
        "%s; 99 of 100 within %s, %d of %d in 20 ms or more"
            .formatted(
                spread.show(1),
                number(Spread.quantile(all, 0.99), 1),
                all.stream().filter(each -> each >= SCRAPE_GOAL_MILLISECONDS).count(),
                all.size()),
        spread.max() < SCRAPE_GOAL_MILLISECONDS ? "met" : "missed");
    against("the peer's default", ours, statistics);
    against("GetMetricData", ours, data);
  }

  private void against(String what, Figures ours, Figures theirs) {
    double time =
        Spread.of(ours.refreshSeconds).median() / Spread.of(theirs.refreshSeconds).median();
    double calls = (double) ours.usualCalls().all() / theirs.usualCalls().all();
    row("a refresh, of " + what + ": at most 0.1", number(time, 3), met(time <= REFRESH_GOAL));
    row("its calls, of " + what + ": at most 0.25", number(calls, 3), met(calls <= CALLS_GOAL));
  }

  private static String met(boolean met) {
    return met ? "met" : "missed";
  }

  private static String frozen(Figures figures) {
    return figures.frozenScrapeSeconds.isEmpty()
        ? "no answer in 10 s"
        : ms(figures.frozenScrapeSeconds, 1);
  }

  private static String ms(List<Double> seconds, int decimals) {
    return Spread.of(Figures.milliseconds(seconds)).show(decimals);
  }

  private static String s(List<Double> seconds) {
    return Spread.of(seconds).show(2);
  }

  private static String dollars(double amount) {
    return number(amount, 2);
  }

  private static String number(double number, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", number);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
