package dev.yagura.aurorapostgres;

import dev.yagura.aurorapostgres.session.Connector;
import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Exporter;
import dev.yagura.core.scrape.Pending;
import dev.yagura.core.scrape.Selection;
import dev.yagura.core.scrape.TargetGroup;
import dev.yagura.core.scrape.TargetStatus;
import dev.yagura.core.suite.ReloadStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** PostgreSQL and Aurora PostgreSQL servers, asked at each scrape. */
public final class AuroraPostgresExporter implements Exporter {
  /** Its name in paths and labels. */
  public static final String NAME = "aurora-postgres";

  /** Where it listens by itself. */
  public static final int DEFAULT_PORT = 19101;

  private final TargetGroup targets;
  private final Duration budget;
  private final Supplier<ReloadStatus> reload;

  /**
   * Watches what the configuration lists; nothing is dialled before the first scrape.
   *
   * @param nanoClock counts nanoseconds
   * @param clock for people
   */
  public AuroraPostgresExporter(
      AuroraPostgresConfig config,
      Supplier<ReloadStatus> reload,
      LongSupplier nanoClock,
      Clock clock) {
    this.budget = config.scrapeTimeout();
    this.reload = reload;
    this.targets =
        new TargetGroup(
            NAME,
            config.targets().stream().map(target -> target(config, target, nanoClock)).toList(),
            nanoClock,
            clock);
  }

  private static PgTarget target(
      AuroraPostgresConfig config, TargetConfig target, LongSupplier nanoClock) {
    Map<String, String> labels = new TreeMap<>(target.labels());
    if (config.targetLabel()) {
      labels.put("target", target.name());
    }
    String server = target.address().hostAndPort();
    if (config.compatibility().serverLabel()) {
      labels.put("server", server);
    }
    return new PgTarget(
        target.name(),
        ConstantLabels.of(labels),
        config.scrapers().make(server, config.compatibility(), nanoClock),
        config.databases(),
        new Connector(target.address(), target.user(), target.password()),
        !target.pauseSafe(),
        nanoClock);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration budget() {
    return budget;
  }

  @Override
  public List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(targets.families());
    all.addAll(ExporterFamilies.ofExporter());
    return all;
  }

  @Override
  public List<String> scrapers() {
    return targets.scrapers();
  }

  @Override
  public boolean hasTarget(String target) {
    return targets.has(target);
  }

  @Override
  public Pending start(Optional<String> target, Selection selection, Deadline deadline) {
    Pending started = targets.start(target, selection, deadline);
    return () -> {
      List<Samples> all = new ArrayList<>(started.await());
      if (target.isEmpty()) {
        all.add(Samples.of(List.of(ExporterFamilies.of(reload.get())), ConstantLabels.none()));
      }
      return all;
    };
  }

  @Override
  public List<TargetStatus> status() {
    return targets.status();
  }

  @Override
  public void close() {
    targets.close();
  }
}
