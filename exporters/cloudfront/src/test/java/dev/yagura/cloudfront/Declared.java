package dev.yagura.cloudfront;

import dev.yagura.cloudfront.distributions.Discovery;
import dev.yagura.core.metrics.Family;
import java.util.List;
import java.util.stream.Stream;

/** What the exporter declares, without one that runs. */
final class Declared {
  private Declared() {}

  static List<Family<?>> families() {
    return Stream.of(
            TotalFamilies.families(),
            ObjectFamilies.families(),
            LogFamilies.families(),
            Discovery.families())
        .<Family<?>>flatMap(List::stream)
        .toList();
  }
}
