package dev.yagura.core.scrape;

import dev.yagura.core.metrics.Exposition;
import dev.yagura.core.metrics.Format;
import dev.yagura.core.metrics.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The values of a scrape by their series, as the text format writes them. */
record Answer(Map<String, Double> values) {

  static Answer of(List<Samples> samples) {
    var out = new ByteArrayOutputStream();
    try {
      new Exposition(samples, name -> true).write(out, Format.TEXT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Double> values = new TreeMap<>();
    out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              String series = line.substring(0, space);
              if (values.put(series, Double.valueOf(line.substring(space + 1))) != null) {
                throw new AssertionError("twice in one answer: " + series);
              }
            });
    return new Answer(values);
  }

  /** A value of the target's own. */
  double value(String family, String target) {
    return get(family + "{target=\"" + target + "\"}");
  }

  boolean has(String family, String target) {
    return values.containsKey(family + "{target=\"" + target + "\"}");
  }

  /** What is said of a scraper, such as {@code success}. */
  double scrape(String what, String target, String scraper) {
    return get(series("scrape_" + what, "", scraper, target));
  }

  boolean saysOf(String what, String target, String scraper) {
    return values.containsKey(series("scrape_" + what, "", scraper, target));
  }

  double failures(String target, String scraper, String reason) {
    return get(series("scrape_failures_total", "reason=\"" + reason + "\",", scraper, target));
  }

  private static String series(String name, String more, String scraper, String target) {
    return "yagura_%s{exporter=\"fake\",%sscraper=\"%s\",target=\"%s\"}"
        .formatted(name, more, scraper, target);
  }

  private double get(String series) {
    Double value = values.get(series);
    if (value == null) {
      throw new AssertionError("no " + series + " in " + values.keySet());
    }
    return value;
  }
}
