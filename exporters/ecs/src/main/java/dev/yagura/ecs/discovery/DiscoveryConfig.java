package dev.yagura.ecs.discovery;

import dev.yagura.core.config.Section;
import java.time.Duration;
import java.util.Optional;

/**
 * The key {@code discovery} of the ECS exporter.
 *
 * @param dockerLabels whether {@code PROMETHEUS_EXPORTER_PORT} and its like are looked at
 * @param tag key of a tag of tasks or task definitions whose value is as that of the Docker label
 * @param refresh how often the list is made, and Prometheus is told to ask for it
 * @param maxTargets more are left out
 */
public record DiscoveryConfig(
    boolean dockerLabels, Optional<String> tag, Duration refresh, int maxTargets) {
  private static final int MAX_TARGETS = 5_000;
  private static final int MOST = 100_000;
  private static final Duration REFRESH = Duration.ofMinutes(1);
  private static final Duration SHORTEST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Where nothing is configured. */
  public static DiscoveryConfig defaults() {
    return new DiscoveryConfig(true, Optional.empty(), REFRESH, MAX_TARGETS);
  }

  /** Reads {@code docker_labels}, {@code tag}, {@code refresh} and {@code max_targets}. */
  public static DiscoveryConfig read(Section section) {
    boolean dockerLabels = section.flag("docker_labels", true);
    Optional<String> tag = section.has("tag") ? name(section) : Optional.empty();
    Duration refresh = section.duration("refresh", REFRESH, SHORTEST, LONGEST);
    int maxTargets = section.integer("max_targets", MAX_TARGETS, 1, MOST);
    return new DiscoveryConfig(dockerLabels, tag, refresh, maxTargets);
  }

  /** Whether there is anything that a task could ask to be scraped with. */
  public boolean isOn() {
    return dockerLabels || tag.isPresent();
  }

  private static Optional<String> name(Section section) {
    return Optional.of(section.requiredText("tag"));
  }
}
