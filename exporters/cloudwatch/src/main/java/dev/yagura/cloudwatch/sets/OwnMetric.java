package dev.yagura.cloudwatch.sets;

import dev.yagura.aws.budget.Importance;
import dev.yagura.aws.client.AccountSettings;
import dev.yagura.aws.cloudwatch.MetricSet;
import dev.yagura.aws.cloudwatch.MetricSpec;
import dev.yagura.aws.cloudwatch.ResourceKind;
import dev.yagura.core.config.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A metric that the configuration names: an entry of {@code aws.cloudwatch.metrics}. */
final class OwnMetric {
  private static final Pattern STATISTIC =
      Pattern.compile(
          "Average|Sum|Minimum|Maximum|SampleCount|(p|tm|tc|ts|wm)(100|[0-9]{1,2}(\\.[0-9]+)?)");
  private static final Pattern CAMEL =
      Pattern.compile("(?<=[a-z])(?=[A-Z])|(?<=[0-9])(?=[A-Z][a-z])|(?<=[A-Z])(?=[A-Z][a-z])");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
  private static final String OWN = "own_";
  private static final Set<String> TAKEN = Set.of("account", "region");
  private static final Duration DELAY = Duration.ofMinutes(3);
  private static final Duration MOST = Duration.ofDays(1);

  private OwnMetric() {}

  /** A set of this one metric. */
  static MetricSet read(Section section, Duration defaultInterval) {
    String namespace = section.requiredText("namespace");
    String metric = section.requiredText("metric");
    String name =
        section
            .parsed("name", OwnMetric::familyName)
            .orElseGet(() -> defaultName(section, namespace, metric));
    List<String> statistics = section.texts("statistics", List.of("Average"));
    Map<String, String> dimensions = dimensions(section);
    double scale = section.parsed("scale", OwnMetric::scale).orElse(1.0);
    Importance importance =
        section.parsed("importance", OwnMetric::importance).orElse(Importance.EXTRA);
    String help = section.text("help", metric);
    Duration interval = section.duration("interval", defaultInterval, Duration.ofMinutes(1), MOST);
    Duration delay = section.duration("delay", DELAY, Duration.ofSeconds(1), MOST);
    Optional<String> region = section.parsed("region", OwnMetric::region);
    if (statistics.isEmpty()) {
      section.problem("statistics", "must not be empty");
    }
    List<MetricSpec> specs = new ArrayList<>();
    for (String statistic : statistics) {
      if (!STATISTIC.matcher(statistic).matches()) {
        section.problem("statistics", "\"" + statistic + "\" is no statistic of CloudWatch");
      }
      specs.add(
          new MetricSpec(
              metric,
              statistic,
              family(name, statistic, statistics.size()),
              help,
              statistic.equals("SampleCount") ? 1 : scale,
              importance));
    }
    return new MetricSet(
        OWN + snake(namespace),
        namespace,
        region,
        delay,
        WholeMinutes.check(section, "interval", interval),
        List.of(ResourceKind.of(dimensions, specs.toArray(MetricSpec[]::new))));
  }

  private static String defaultName(Section section, String namespace, String metric) {
    String name = snake(namespace) + "_" + snake(metric);
    if (!NAME.matcher(name).matches() && !namespace.isEmpty() && !metric.isEmpty()) {
      section.problem("name", "required, as " + namespace + " and " + metric + " make none");
    }
    return name;
  }

  private static Map<String, String> dimensions(Section section) {
    Map<String, String> dimensions = new TreeMap<>();
    Set<String> labels = new HashSet<>(TAKEN);
    for (String dimension : section.texts("dimensions", List.of())) {
      String label = snake(dimension);
      if (!NAME.matcher(label).matches()) {
        section.problem("dimensions", "\"" + dimension + "\" cannot be made a label");
      } else if (!labels.add(label)) {
        section.problem("dimensions", label + " would be a label twice");
      } else {
        dimensions.put(dimension, label);
      }
    }
    return dimensions;
  }

  private static String familyName(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException("must be lower case words with underscores between");
    }
    if (text.equals("up") || text.startsWith("yagura_")) {
      throw new IllegalArgumentException("\"" + text + "\" is not yours to give");
    }
    return text;
  }

  private static String region(String text) {
    if (!AccountSettings.isRegion(text)) {
      throw new IllegalArgumentException("\"" + text + "\" is no region");
    }
    return text;
  }

  private static double scale(String text) {
    try {
      double scale = Double.parseDouble(text);
      if (scale > 0 && scale < Double.POSITIVE_INFINITY) {
        return scale;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalArgumentException("must be a number above 0, not \"" + text + "\"");
  }

  private static Importance importance(String text) {
    for (Importance importance : Importance.values()) {
      if (importance.label().equals(text)) {
        return importance;
      }
    }
    throw new IllegalArgumentException("must be essential, useful or extra, not \"" + text + "\"");
  }

  /** What is counted is added up; of several statistics each says in its name which it is. */
  private static String family(String name, String statistic, int of) {
    boolean counted = statistic.equals("Sum") || statistic.equals("SampleCount");
    if (counted) {
      String base = name.endsWith("_total") ? name.substring(0, name.length() - 6) : name;
      return base + (statistic.equals("SampleCount") ? "_samples_total" : "_total");
    }
    return of == 1 ? name : name + "_" + statistic.toLowerCase(Locale.ROOT).replace('.', '_');
  }

  private static String snake(String text) {
    String words = CAMEL.matcher(text).replaceAll("_");
    String snake = words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    return snake.replaceAll("^_+|_+$", "");
  }
}
