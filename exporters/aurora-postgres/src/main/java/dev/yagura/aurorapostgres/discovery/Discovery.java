package dev.yagura.aurorapostgres.discovery;

import dev.yagura.aws.aurora.AuroraCluster;
import dev.yagura.aws.aurora.AuroraEstate;
import dev.yagura.aws.aurora.AuroraInstance;
import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.page.Note;
import dev.yagura.core.page.Page;
import dev.yagura.core.scrape.PolledTarget;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the instances to watch, and keeps the list up to date: each account and region is looked at
 * in the background, and what was last seen there holds until it is seen anew, over reloads as
 * well. For any thread.
 */
public final class Discovery {
  private static final String CLUSTER = "cluster";
  private static final String ACCOUNT = "account";
  private static final String REGION = "region";

  /** The labels that a discovered target has beside {@code target}. */
  public static final Set<String> LABELS = Set.of(CLUSTER, ACCOUNT, REGION);

  /** In these there is nobody to ask, and nothing is wrong. */
  private static final Set<String> NOT_ASKED =
      Set.of("creating", "deleting", "starting", "stopping", "stopped");

  private final List<DiscoverySettings> settings;
  private final List<PlaceRules> rules;
  private final List<PolledTarget> polled;
  private final Set<String> taken;
  private final Consumer<List<DiscoveredTarget>> listener;
  private final AuroraMemory memory;
  private final Clock clock;
  // Guarded by this.
  private final Map<AwsPlace, AuroraEstate> estates = new LinkedHashMap<>();
  private final Map<AwsPlace, Instant> readAt = new LinkedHashMap<>();
  private List<DiscoveredTarget> targets = List.of();
  private IdentityHashMap<DiscoverySettings, Integer> matched = new IdentityHashMap<>();

  /**
   * Nothing is asked before one of {@link #polled} is started.
   *
   * @param insights whether Performance Insights is asked as well
   * @param taken names that targets must not have
   * @param listener is told all targets whenever one comes, goes or changes, one call at a time
   * @param memory of what was seen before, and will be seen
   * @param nanoClock counts nanoseconds
   * @throws IllegalArgumentException if an account or a region is not known; the message says what
   *     to do
   */
  public Discovery(
      List<DiscoverySettings> settings,
      InsightsSettings insights,
      Aws aws,
      Set<String> taken,
      Consumer<List<DiscoveredTarget>> listener,
      AuroraMemory memory,
      LongSupplier nanoClock,
      Clock clock) {
    this.settings = List.copyOf(settings);
    this.rules = PlaceRules.of(settings, aws);
    this.taken = Set.copyOf(taken);
    this.listener = listener;
    this.memory = memory;
    this.clock = clock;
    this.polled =
        rules.stream().map(each -> Polls.of(each, insights, aws, this, nanoClock, clock)).toList();
  }

  /** What asks AWS, one for each account and region. */
  public List<PolledTarget> polled() {
    return polled;
  }

  /** The list of instances for Prometheus' own discovery. */
  public Page page() {
    return SdPage.of(this);
  }

  /** Begins with what was seen before this configuration was loaded; asks nothing. */
  public synchronized void recall() {
    for (PlaceRules each : rules) {
      AwsPlace place = each.place();
      memory
          .get(place.name())
          .ifPresent(
              seen -> {
                estates.put(place, seen.estate());
                readAt.put(place, seen.at());
              });
    }
    tell();
  }

  /** What may be emitted about the lists, and what is. */
  public static List<Family<?>> families() {
    return ListFamilies.all();
  }

  /** How old the lists are. */
  public synchronized Snapshot lists() {
    return ListFamilies.of(readAt);
  }

  /** Entries that match nothing, once every place has answered: a tag is easily misspelt. */
  public synchronized List<Note> notes() {
    if (!known().missing().isEmpty()) {
      return List.of();
    }
    List<Note.Row> idle =
        IntStream.range(0, settings.size())
            .filter(i -> !matched.containsKey(settings.get(i)))
            .mapToObj(i -> new Note.Row("discovery[" + i + "]", "matches no instance"))
            .toList();
    return idle.isEmpty()
        ? List.of()
        : List.of(new Note("discovery", Note.State.BAD, "Entries match no instance.", idle));
  }

  /** Identifiers of the instances that are watched in a place. */
  synchronized Set<String> watched(AwsPlace place) {
    return known().targetNames().getOrDefault(place, Map.of()).keySet();
  }

  /** Takes what was seen in a place. */
  synchronized void seen(AwsPlace place, AuroraEstate estate) {
    Instant now = clock.instant();
    memory.put(place.name(), new AuroraMemory.Seen(estate, now));
    estates.put(place, estate);
    readAt.put(place, now);
    tell();
  }

  private void tell() {
    List<DiscoveredTarget> now = match();
    if (!now.equals(targets)) {
      listener.accept(now); // Should it fail, the next look tells it again.
      targets = now;
    }
  }

  private List<DiscoveredTarget> match() {
    List<DiscoveredTarget> found = new ArrayList<>();
    IdentityHashMap<DiscoverySettings, Integer> counts = new IdentityHashMap<>();
    for (PlaceRules each : rules) {
      AuroraEstate estate = estates.getOrDefault(each.place(), AuroraEstate.empty());
      Map<String, AuroraCluster> clusters = estate.clustersById();
      for (AuroraInstance instance : estate.instances()) {
        AuroraCluster cluster = clusters.get(instance.clusterId());
        each.settings().stream()
            .filter(rule -> isAsked(instance) && rule.matches(instance, cluster))
            .findFirst()
            .filter(rule -> counts.merge(rule, 1, Integer::sum) > 0)
            .filter(rule -> rule.pauseSafe().isPresent() || !mayPause(instance, cluster))
            .ifPresent(rule -> found.add(target(each.place(), instance, cluster, rule)));
      }
    }
    matched = counts;
    return found.stream().filter(target -> !taken.contains(target.name())).toList();
  }

  private static boolean isAsked(AuroraInstance instance) {
    return instance.endpoint() != null && !NOT_ASKED.contains(instance.status());
  }

  private DiscoveredTarget target(
      AwsPlace place,
      AuroraInstance instance,
      @Nullable AuroraCluster cluster,
      DiscoverySettings rule) {
    Map<String, String> labels = new TreeMap<>(rule.labels());
    labels.put(CLUSTER, instance.clusterId());
    labels.put(ACCOUNT, place.account().name());
    labels.put(REGION, place.region());
    return new DiscoveredTarget(
        name(place, instance),
        place,
        instance.id(),
        instance.resourceId(),
        rule.address(String.valueOf(instance.endpoint())),
        authentication(rule, cluster),
        rule.pauseSafe().orElse(false),
        labels);
  }

  private static Authentication authentication(
      DiscoverySettings rule, @Nullable AuroraCluster cluster) {
    String arn = cluster == null ? null : cluster.masterSecretArn();
    return rule.authentication() instanceof Authentication.MasterSecret master && arn != null
        ? new Authentication.InSecret(master.user(), arn)
        : rule.authentication();
  }

  /** Nobody logs in to such a one unasked: that would keep it awake. */
  private static boolean mayPause(AuroraInstance instance, @Nullable AuroraCluster cluster) {
    return cluster != null
        && cluster.serverless() != null
        && Double.valueOf(0).equals(cluster.serverless().minAcu())
        && instance.instanceClass().equals("db.serverless");
  }

  /** By the configuration alone: what else exists, or answers, must rename nobody. */
  private String name(AwsPlace place, AuroraInstance instance) {
    return rules.size() > 1 || taken.contains(instance.id())
        ? place.name() + "/" + instance.id()
        : instance.id();
  }

  /**
   * What is known now.
   *
   * @param missing names of the places that never answered this process
   * @param targetNames the name of each target by its place and its instance's identifier
   */
  record Known(
      List<String> missing,
      Map<AwsPlace, AuroraEstate> estates,
      Map<AwsPlace, Map<String, String>> targetNames) {}

  synchronized Known known() {
    Map<AwsPlace, Map<String, String>> names = new HashMap<>();
    for (DiscoveredTarget target : targets) {
      names
          .computeIfAbsent(target.place(), made -> new HashMap<>())
          .put(target.instanceId(), target.name());
    }
    List<String> missing =
        rules.stream()
            .map(PlaceRules::place)
            .filter(place -> !estates.containsKey(place))
            .map(AwsPlace::name)
            .toList();
    return new Known(missing, new LinkedHashMap<>(estates), names);
  }
}
