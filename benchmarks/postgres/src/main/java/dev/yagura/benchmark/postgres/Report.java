package dev.yagura.benchmark.postgres;

import dev.yagura.benchmark.postgres.Comparison.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The figures as Markdown. */
final class Report {
  /** At most so much of the peer's. */
  static final double RATIO_GOAL = 0.8;

  private static final int STATEMENTS_SHOWN = 4;
  private static final String SETTINGS = "pg_settings_";

  private final StringBuilder text = new StringBuilder();

  Report line(String line) {
    text.append(line).append('\n');
    return this;
  }

  /** A table of what both took, and what only one of them shows. */
  Report comparison(String title, Comparison comparison, List<String> notRun) {
    line("").line("### " + title).line("");
    line("| per scrape | Yagura | peer | ratio | goal |");
    line("|---|---|---|---|---|");
    double goal = notRun.isEmpty() ? RATIO_GOAL : 0;
    row(comparison, "wall time, ms", side -> side.wallMilliseconds, 1, goal);
    row(comparison, "server time, ms", side -> side.serverMilliseconds, 1, goal);
    row(comparison, "statements", side -> side.statements, 0, 0);
    row(comparison, "body, bytes", side -> side.bytes, 0, 0);
    row(comparison, "samples", side -> side.samples, 0, 0);
    double ours = comparison.ours().cpuMilliseconds();
    double peer = comparison.peer().cpuMilliseconds();
    line(
        String.format(
            Locale.ROOT,
            "| processor time, ms (mean) | %.1f | %.1f | %.2f | |",
            ours,
            peer,
            ours / peer));
    line("");
    if (!notRun.isEmpty()) {
      line("**Not comparable yet:** Yagura does not have " + String.join(", ", notRun) + ".")
          .line("");
    }
    difference("Only Yagura has", comparison.ours(), comparison.peer());
    difference("Only the peer has", comparison.peer(), comparison.ours());
    dearest("Yagura", comparison.ours());
    dearest("the peer", comparison.peer());
    failed("Yagura", comparison.ours().last());
    failed("the peer", comparison.peer().last());
    return this;
  }

  private void row(
      Comparison comparison,
      String name,
      Function<Side, List<Double>> measured,
      int decimals,
      double goal) {
    List<Double> ours = measured.apply(comparison.ours());
    List<Double> peer = measured.apply(comparison.peer());
    Spread ratio = Spread.ofRatios(ours, peer);
    String verdict =
        goal == 0
            ? ""
            : String.format(
                Locale.ROOT, "at most %.1f: %s", goal, ratio.median() <= goal ? "met" : "missed");
    line(
        "| "
            + String.join(
                " | ",
                name,
                Spread.of(ours).show(decimals),
                Spread.of(peer).show(decimals),
                ratio.show(2),
                verdict)
            + " |");
  }

  /** Names of the server in full; of settings and of what a process says of itself, how many. */
  private void difference(String title, Side one, Side other) {
    Map<String, Integer> counts = one.last().countByName();
    List<String> shown = new ArrayList<>();
    Map<String, Integer> many = new TreeMap<>();
    for (String name : one.last().namesMissingIn(other.last())) {
      int samples = counts.getOrDefault(name, 0);
      if (name.startsWith("pg_") && !name.startsWith(SETTINGS)) {
        shown.add(name + " (" + samples + ")");
      } else {
        String prefix =
            name.startsWith(SETTINGS) ? SETTINGS : name.substring(0, name.indexOf('_') + 1);
        many.merge(prefix + "*", samples, Integer::sum);
      }
    }
    many.forEach((prefix, samples) -> shown.add(prefix + " (" + samples + ")"));
    String all = shown.isEmpty() ? "nothing" : String.join(", ", shown);
    line("- " + title + ", with the number of samples: " + all + ".");
  }

  private void dearest(String who, Side side) {
    String statements =
        side.dearest(STATEMENTS_SHOWN).stream()
            .map(
                one ->
                    String.format(
                        Locale.ROOT, "%.1f ms `%s`", one.getValue(), one.getKey().strip()))
            .collect(Collectors.joining("; "));
    line("- Dearest statements of " + who + ", mean of a scrape: " + statements + ".");
  }

  private void failed(String who, ExpositionText exposition) {
    List<String> failed =
        exposition
            .named("pg_scrape_collector_success")
            .filter(sample -> sample.value() != 1)
            .map(sample -> sample.label("collector").orElse("?"))
            .toList();
    if (!failed.isEmpty()) {
      line("- **Failed at " + who + ":** " + String.join(", ", failed) + ".");
    }
  }

  /** A figure and the goal it has. */
  Report figure(String name, Spread spread, int decimals, double goal) {
    return line(
        "| "
            + String.join(
                " | ",
                name,
                spread.show(decimals),
                goal == 0
                    ? ""
                    : "at most " + goal + ": " + (spread.median() <= goal ? "met" : "missed"))
            + " |");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
