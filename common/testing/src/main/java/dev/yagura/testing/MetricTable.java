package dev.yagura.testing;

import dev.yagura.core.metrics.Family;
import java.util.Collection;

/** Families as a table of a page about metrics. */
public final class MetricTable {
  private MetricTable() {}

  /** The table in Markdown, a row a family in the order given, and the empty line behind it. */
  public static String of(Collection<? extends Family<?>> families) {
    var table = new StringBuilder("| name | type | labels | help |\n|---|---|---|---|\n");
    for (Family<?> family : families) {
      table
          .append("| `")
          .append(family.name())
          .append("` | ")
          .append(family.type().textName())
          .append(" | ")
          .append(String.join(", ", family.labels().names()))
          .append(" | ")
          .append(family.help().replace("|", "\\|"))
          .append(" |\n");
    }
    return table.append('\n').toString();
  }
}
