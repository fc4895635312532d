package dev.yagura.ecs;

import dev.yagura.aws.client.AwsSettings;
import dev.yagura.core.config.Glob;
import dev.yagura.core.config.Section;
import dev.yagura.ecs.discovery.DiscoveryConfig;
import dev.yagura.ecs.environments.EnvironmentsConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The section {@code ecs} of the configuration.
 *
 * @param clusters that are watched, by name
 * @param maxClusters of an account and region
 * @param maxServices of a cluster
 * @param interval between two looks at services and tasks
 * @param maxAge after which an answer is no longer shown
 * @param events empty where polls are all there is
 * @param loadBalancers that are watched, by name; none to ask nothing of them
 * @param environments empty where hosts name none
 * @param discovery empty where {@code /sd/ecs} is not wanted
 * @param stateDir where counters survive a restart; empty if they do not
 */
public record EcsConfig(
    List<Glob> clusters,
    int maxClusters,
    int maxServices,
    Duration interval,
    Duration maxAge,
    Optional<EventsConfig> events,
    List<Glob> loadBalancers,
    Optional<EnvironmentsConfig> environments,
    Optional<DiscoveryConfig> discovery,
    Optional<Path> stateDir) {

  /** The variable that names the state folder where no file does. */
  public static final String STATE_VARIABLE = "YAGURA_STATE_DIR";

  private static final List<String> ALL = List.of("*");

  /** Each has a thread, and all of them share what may be asked in a region. */
  private static final int MAX_CLUSTERS = 100;

  private static final int MAX_SERVICES = 2_000;
  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final Duration LEAST_INTERVAL = Duration.ofSeconds(10);
  // ECS lists what stopped for an hour.
  private static final Duration MOST_INTERVAL = Duration.ofMinutes(15);
  private static final Duration MAX_AGE = Duration.ofMinutes(5);

  public EcsConfig {
    clusters = List.copyOf(clusters);
    loadBalancers = List.copyOf(loadBalancers);
  }

  /**
   * Reads the section; without any key it watches everything there is.
   *
   * @param environment gives what the section does not have
   * @param aws names the accounts
   */
  public static EcsConfig read(Section section, Map<String, String> environment, AwsSettings aws) {
    Duration interval = section.duration("interval", INTERVAL, LEAST_INTERVAL, MOST_INTERVAL);
    Duration maxAge =
        section.duration(
            "max_age",
            longer(MAX_AGE, interval.multipliedBy(3)),
            interval.multipliedBy(2),
            Duration.ofHours(1));
    List<Glob> clusters = globs(section, "clusters");
    if (clusters.isEmpty()) {
      section.problem("clusters", "must not be empty: nothing would be watched");
    }
    List<Glob> loadBalancers = globs(section, "load_balancers");
    Optional<EnvironmentsConfig> environments =
        section.section("environments", EnvironmentsConfig::read);
    if (environments.isPresent() && loadBalancers.isEmpty()) {
      section.problem("load_balancers", "must not be empty: environments are behind them");
    }
    return new EcsConfig(
        clusters,
        section.integer("max_clusters", MAX_CLUSTERS, 1, MAX_CLUSTERS),
        section.integer("max_services", MAX_SERVICES, 1, 5_000),
        interval,
        maxAge,
        section.section("events", each -> EventsConfig.read(each, aws)),
        loadBalancers,
        environments,
        section
            .section("discovery", DiscoveryConfig::read)
            .or(() -> Optional.of(DiscoveryConfig.defaults()))
            .filter(DiscoveryConfig::isOn),
        section
            .parsed("state_dir", EcsConfig::path)
            .or(
                () ->
                    Optional.ofNullable(environment.get(STATE_VARIABLE))
                        .filter(text -> !text.isBlank())
                        .map(Path::of)));
  }

  private static List<Glob> globs(Section section, String key) {
    return section.texts(key, ALL).stream().map(Glob::new).toList();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Path path(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return Path.of(text);
  }
}
