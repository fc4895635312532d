package dev.yagura.testing;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.MetricType;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Promtool's rules of names, and two that it lacks: a unit behind a time, no milliseconds. */
public final class NameRules {
  private NameRules() {}

  /** The names that break a rule. */
  public static Set<String> broken(Collection<? extends Family<?>> families) {
    return families.stream()
        .filter(NameRules::breaksOne)
        .map(Family::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean breaksOne(Family<?> family) {
    String name = family.name();
    boolean counter = family.type() == MetricType.COUNTER;
    boolean wrongTotal = counter != name.endsWith("_total");
    boolean wrongSuffix = name.endsWith("_count") || name.endsWith("_sum");
    boolean noUnit =
        name.matches(".*_(time|duration|age|lag|diff|lsn)(_total)?")
            && !name.contains("_seconds")
            && !name.contains("_bytes");
    boolean timestampCounter = counter && name.contains("stats_reset");
    boolean typeInName = name.contains("_summary_") || name.contains("_histogram_");
    return wrongTotal || wrongSuffix || noUnit || timestampCounter || typeInName;
  }
}
