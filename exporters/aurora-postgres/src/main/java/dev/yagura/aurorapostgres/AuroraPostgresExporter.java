package dev.yagura.aurorapostgres;

import static java.util.stream.Collectors.toSet;

import dev.yagura.aurorapostgres.discovery.AuroraMemory;
import dev.yagura.aurorapostgres.discovery.DiscoveredTarget;
import dev.yagura.aurorapostgres.discovery.Discovery;
import dev.yagura.aurorapostgres.discovery.Logins;
import dev.yagura.aurorapostgres.session.Address;
import dev.yagura.aurorapostgres.session.Connector;
import dev.yagura.aws.client.Aws;
import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.page.Note;
import dev.yagura.core.page.Page;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Exporter;
import dev.yagura.core.scrape.Pending;
import dev.yagura.core.scrape.PolledTarget;
import dev.yagura.core.scrape.Selection;
import dev.yagura.core.scrape.Target;
import dev.yagura.core.scrape.TargetGroup;
import dev.yagura.core.scrape.TargetStatus;
import dev.yagura.core.suite.ReloadStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** PostgreSQL and Aurora PostgreSQL servers, asked at each scrape; Aurora's API in between. */
public final class AuroraPostgresExporter implements Exporter {
  /** Its name in paths and labels. */
  public static final String NAME = "aurora-postgres";

  /** Where it listens by itself. */
  public static final int DEFAULT_PORT = 19101;

  private final AuroraPostgresConfig config;
  private final Supplier<ReloadStatus> reload;
  private final LongSupplier nanoClock;
  private final Logins logins;
  private final List<PgTarget> configured;
  private final Optional<Discovery> discovery;
  private final TargetGroup targets;
  // Used by the discovery alone, one call at a time.
  private Map<DiscoveredTarget, PgTarget> discovered = Map.of();

  /**
   * Watches what the configuration lists; no server is dialled before the first scrape, and AWS is
   * not asked before that is begun, see {@link #started}.
   *
   * @param aws where to discover more; asked only if the configuration says so
   * @param memory of what was discovered before
   * @param nanoClock counts nanoseconds
   * @param clock for people
   * @throws IllegalArgumentException if the discovery names an account that is not configured, or
   *     no region is known; the message says what to do
   */
  public AuroraPostgresExporter(
      AuroraPostgresConfig config,
      Supplier<ReloadStatus> reload,
      Aws aws,
      AuroraMemory memory,
      LongSupplier nanoClock,
      Clock clock) {
    this.config = config;
    this.reload = reload;
    this.nanoClock = nanoClock;
    this.logins = new Logins(nanoClock);
    this.configured = config.targets().stream().map(this::target).toList();
    Set<String> taken = config.targets().stream().map(TargetConfig::name).collect(toSet());
    this.discovery =
        config.discovery().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Discovery(
                    config.discovery(),
                    config.insights(),
                    aws,
                    taken,
                    this::watch,
                    memory,
                    nanoClock,
                    clock));
    this.targets = new TargetGroup(NAME, present(List.of()), nanoClock, clock);
    discovery.ifPresent(Discovery::recall);
  }

  /** One that discovers in the background from now on. */
  public static AuroraPostgresExporter started(
      AuroraPostgresConfig config,
      Supplier<ReloadStatus> reload,
      Aws aws,
      AuroraMemory memory,
      LongSupplier nanoClock,
      Clock clock) {
    var exporter = new AuroraPostgresExporter(config, reload, aws, memory, nanoClock, clock);
    exporter.polled().forEach(PolledTarget::start);
    return exporter;
  }

  /** What asks AWS in the background: one for each account and region. */
  List<PolledTarget> polled() {
    return discovery.map(Discovery::polled).orElse(List.of());
  }

  /** Watches these beside what is configured, and leaves alone those that are watched already. */
  private void watch(List<DiscoveredTarget> found) {
    Map<DiscoveredTarget, PgTarget> now = new LinkedHashMap<>();
    for (DiscoveredTarget each : found) {
      PgTarget known = discovered.get(each);
      now.put(each, known == null ? target(each) : known);
    }
    discovered = now;
    targets.replace(present(now.values()));
  }

  private List<Target> present(Collection<PgTarget> found) {
    List<Target> all = new ArrayList<>(configured);
    all.addAll(polled());
    all.addAll(found);
    return all;
  }

  private PgTarget target(TargetConfig target) {
    return target(
        target.name(),
        target.labels(),
        new Connector(target.address(), target.user(), target.password()),
        target.pauseSafe());
  }

  private PgTarget target(DiscoveredTarget target) {
    return target(
        target.name(),
        target.labels(),
        new Connector(target.address(), logins.of(target)),
        target.pauseSafe());
  }

  private PgTarget target(
      String name, Map<String, String> own, Connector connector, boolean pauseSafe) {
    Map<String, String> labels = new TreeMap<>(own);
    if (config.targetLabel()) {
      labels.put("target", name);
    }
    String server = connector.address().hostAndPort();
    if (config.compatibility().serverLabel()) {
      labels.put("server", server);
    }
    return new PgTarget(
        name,
        ConstantLabels.of(labels),
        config.scrapers().make(server, config.compatibility(), nanoClock),
        config.databases(),
        connector,
        !pauseSafe,
        nanoClock);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration budget() {
    return config.scrapeTimeout();
  }

  @Override
  public List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(targets.families());
    if (discovery.isPresent()) {
      all.addAll(ofAnyServer().families());
      all.addAll(Discovery.families());
    }
    all.addAll(ExporterFamilies.ofExporter());
    return all;
  }

  @Override
  public List<String> scrapers() {
    Stream<String> known = targets.scrapers().stream();
    return discovery.isPresent()
        ? Stream.concat(known, ofAnyServer().scrapers().stream()).distinct().toList()
        : known.toList();
  }

  /** What is said of a server that may still be discovered; it is never dialled. */
  private PgTarget ofAnyServer() {
    return target("", Map.of(), new Connector(Address.parse("postgresql://"), "", null), true);
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
        List<Snapshot> own = new ArrayList<>(List.of(ExporterFamilies.of(reload.get())));
        discovery.ifPresent(each -> own.add(each.lists()));
        all.add(Samples.of(own, ConstantLabels.none()));
      }
      return all;
    };
  }

  @Override
  public List<TargetStatus> status() {
    return targets.status();
  }

  @Override
  public List<Note> notes() {
    return discovery.map(Discovery::notes).orElse(List.of());
  }

  @Override
  public List<Page> pages() {
    return discovery.map(Discovery::page).stream().toList();
  }

  @Override
  public void close() {
    targets.close();
  }
}
