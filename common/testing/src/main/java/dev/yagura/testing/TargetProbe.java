package dev.yagura.testing;

import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.RunReport;
import dev.yagura.core.scrape.Target;
import dev.yagura.core.scrape.Visit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A target that tells whether it is being visited: the group answers in time whatever it does. */
final class TargetProbe implements Target {
  private final Target target;
  private final AtomicInteger visits = new AtomicInteger();

  TargetProbe(Target target) {
    this.target = target;
  }

  boolean isIdle() {
    return visits.get() == 0;
  }

  @Override
  public void visit(Visit visit) throws Exception {
    visits.incrementAndGet();
    try {
      target.visit(visit);
    } finally {
      visits.decrementAndGet();
    }
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
  public Snapshot summary(RunReport report) {
    return target.summary(report);
  }

  @Override
  public void close() {
    target.close();
  }
}
