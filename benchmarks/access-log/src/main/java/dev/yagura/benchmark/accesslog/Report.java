package dev.yagura.benchmark.accesslog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The figures as Markdown. */
final class Report {
  private static final double AFTER_START_GOAL = 0.75;
  private static final double WITH_START_GOAL = 1.0;
  private static final double TWO_FILES_GOAL = 0.5;
  private static final double PEAK_GOAL_MEBIBYTES = 256;

  private final StringBuilder text = new StringBuilder();
  private boolean differs;

  private Report line(String line) {
    text.append(line).append('\n');
    return this;
  }

  void file(Path file, int lines, int objects) throws IOException {
    line("A file of %,d lines, %,d objects, %,d bytes of gzip.", lines, objects, Files.size(file));
  }

  void environment() {
    line(
        "Java %s, %d processors. Medians; in brackets the least and the most. Seconds of CPU are"
            + " user and system, of all processes of a command.",
        System.getProperty("java.version"), Runtime.getRuntime().availableProcessors());
    line("");
    line("| command | CPU, s | wall, s | peak resident, MiB |").line("|---|---|---|---|");
  }

  /** One program's figures. */
  void program(String name, List<Timed> runs) {
    line(
        "| %s | %s | %s | %.0f |",
        name,
        Spread.of(runs, Timed::cpu).show(),
        Spread.of(runs, Timed::wall).show(),
        Spread.of(runs, Timed::peak).max());
  }

  void absent(String program) {
    line("| %s | not installed | | |", program);
  }

  void comparison(List<Timed> whole, List<Timed> start, List<Timed> gzip) {
    program("popular-objects", whole);
    program("popular-objects on ten lines: start-up", start);
    program("gzip -dc", gzip);
    double all = Spread.of(whole, Timed::cpu).median();
    double startUp = Spread.of(start, Timed::cpu).median();
    double unpacking = Spread.of(gzip, Timed::cpu).median();
    goal("CPU with start-up / gzip -dc", all / unpacking, WITH_START_GOAL);
    goal("CPU after start-up / gzip -dc", (all - startUp) / unpacking, AFTER_START_GOAL);
  }

  void twoFiles(List<Timed> together, List<Timed> apart) {
    program("two files in one command", together);
    program("two files, a command each", apart);
    double ratio =
        Spread.of(together, Timed::wall).median() / Spread.of(apart, Timed::wall).median();
    goal("wall of two files together / one after the other", ratio, TWO_FILES_GOAL);
  }

  void distinct(int objects, Timed run) {
    program(String.format(Locale.ROOT, "%,d distinct objects", objects), List.of(run));
    goal("peak resident, MiB", run.peak(), PEAK_GOAL_MEBIBYTES);
  }

  /** Whether awk found the same. */
  void sameAs(String awk, Optional<String> difference) {
    differs |= difference.isPresent();
    String verdict = difference.map(what -> "**no**: " + what).orElse("yes");
    line("| *the same ten columns as %s* | %s | | |", awk, verdict);
  }

  /** Whether something was counted otherwise than by awk: then no figure means anything. */
  boolean differs() {
    return differs;
  }

  private void goal(String name, double value, double goal) {
    String verdict = value <= goal ? "met" : "missed";
    line("| *%s* | **%.2f**, at most %.2f: %s | | |", name, value, goal, verdict);
  }

  private void line(String format, Object... values) {
    line(String.format(Locale.ROOT, format, values));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
