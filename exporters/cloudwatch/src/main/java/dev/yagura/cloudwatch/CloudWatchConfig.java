package dev.yagura.cloudwatch;

import dev.yagura.aws.cloudwatch.MetricSet;
import dev.yagura.cloudwatch.sets.CuratedSets;
import dev.yagura.cloudwatch.sets.OwnSets;
import dev.yagura.cloudwatch.sets.WholeMinutes;
import dev.yagura.cloudwatch.tags.TagLabels;
import dev.yagura.core.config.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The section {@code aws.cloudwatch} of the configuration.
 *
 * @param sets what is asked, each at its interval
 * @param tags keys of the tags that resources show
 * @param stateDir where counters survive a restart; empty if they do not
 */
public record CloudWatchConfig(List<MetricSet> sets, List<String> tags, Optional<Path> stateDir) {

  /** The variable that names the state folder where no file does. */
  public static final String STATE_VARIABLE = "YAGURA_STATE_DIR";

  private static final Duration MOST = Duration.ofDays(1);

  public CloudWatchConfig {
    sets = List.copyOf(sets);
    tags = List.copyOf(tags);
  }

  /** Every curated set, and what the environment says. */
  public static CloudWatchConfig defaults(Map<String, String> environment) {
    return new CloudWatchConfig(CuratedSets.ALL, List.of(), folder(environment));
  }

  private static Optional<Path> folder(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(STATE_VARIABLE))
        .filter(text -> !text.isBlank())
        .map(Path::of);
  }

  /**
   * Reads the section.
   *
   * @param environment gives what the section does not have
   */
  public static CloudWatchConfig read(Section section, Map<String, String> environment) {
    Duration interval =
        WholeMinutes.check(
            section,
            "interval",
            section.duration("interval", CuratedSets.INTERVAL, Duration.ofMinutes(1), MOST));
    int most = section.integer("max_resources", MetricSet.MAX_RESOURCES, 1, 100_000);
    List<MetricSet> sets = new ArrayList<>();
    Set<String> named = new HashSet<>();
    for (String name : section.texts("sets", CuratedSets.names())) {
      Optional<MetricSet> set = CuratedSets.named(name);
      if (set.isEmpty()) {
        section.problem(
            "sets",
            "must be of " + String.join(", ", CuratedSets.names()) + ", not \"" + name + "\"");
      } else if (!named.add(name)) {
        section.problem("sets", name + " is listed twice");
      } else {
        sets.add(set.get().with(interval, most));
      }
    }
    List<MetricSet> own = section.list("metrics", each -> CuratedSets.own(each, interval));
    sets.addAll(OwnSets.together(own, most));
    checkNames(section, sets);
    Optional<Path> stateDir =
        section.parsed("state_dir", CloudWatchConfig::path).or(() -> folder(environment));
    return new CloudWatchConfig(sets, TagLabels.read(section), stateDir);
  }

  private static Path path(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return Path.of(text);
  }

  private static void checkNames(Section section, List<MetricSet> sets) {
    Set<String> names = new HashSet<>();
    for (MetricSet set : sets) {
      for (String family :
          set.kinds().stream().flatMap(k -> k.metrics().stream()).map(m -> m.family()).toList()) {
        if (!names.add(family)) {
          section.problem("metrics", "two metrics would be called " + family);
        }
      }
    }
  }
}
