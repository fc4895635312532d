package dev.yagura.testing;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Selection;
import dev.yagura.core.scrape.Target;
import dev.yagura.core.scrape.TargetGroup;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One target in a group of its own, run as an exporter runs it. */
final class TargetRig implements AutoCloseable {
  /** What the names of the group's threads begin with; it keeps them for a while. */
  static final String THREADS = "scrape-contract-";

  private final TargetProbe probe;
  private final TargetGroup group;

  TargetRig(Target target) {
    probe = new TargetProbe(target);
    group = new TargetGroup("contract", List.of(probe), System::nanoTime, Clock.systemUTC());
  }

  /** One answer, and how long it took. */
  record Answer(String text, ParsedExposition parsed, Duration took) {}

  Answer scrape(Duration budget) {
    long begin = System.nanoTime();
    Deadline deadline = Deadline.after(budget, System::nanoTime);
    var samples = group.scrape(Optional.empty(), Selection.all(), deadline);
    var took = Duration.ofNanos(System.nanoTime() - begin);
    String text = Expositions.render(samples);
    return new Answer(text, Expositions.parse(text), took);
  }

  /** Waits until the target's visit has ended too. */
  boolean isIdleWithin(Duration atMost) {
    return Await.until(atMost, probe::isIdle);
  }

  List<String> scrapers() {
    return probe.scrapers();
  }

  /** What the target declares. */
  List<Family<?>> declared() {
    return probe.families();
  }

  /** What the target and its group declare. */
  List<Family<?>> families() {
    return group.families();
  }

  @Override
  public void close() {
    group.close();
  }
}
