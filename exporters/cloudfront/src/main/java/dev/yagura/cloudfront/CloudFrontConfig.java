package dev.yagura.cloudfront;

import dev.yagura.accesslog.source.SourceConfig;
import dev.yagura.accesslog.source.SourceReader;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.cloudfront.count.ObjectNaming;
import dev.yagura.cloudfront.count.Order;
import dev.yagura.cloudfront.distributions.DiscoverySettings;
import dev.yagura.cloudfront.store.StoreSettings;
import dev.yagura.core.config.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The section {@code cloudfront} of the configuration.
 *
 * @param stateDir folder of the durable counters; of no use without a source
 * @param sources of logs; none if distributions are discovered and nothing is counted
 * @param friendlyNames of distributions, by their id
 * @param readers how many log files are read at once
 * @param discovery of distributions; empty for none
 */
public record CloudFrontConfig(
    Path stateDir,
    List<SourceConfig> sources,
    StoreSettings store,
    Map<String, String> friendlyNames,
    int readers,
    Optional<DiscoverySettings> discovery) {

  /** The variable that names sources where no file does, separated by spaces. */
  public static final String SOURCES_VARIABLE = "CLOUDFRONT_LOGS";

  /** The variable that names the state folder where no file does. */
  public static final String STATE_VARIABLE = "YAGURA_STATE_DIR";

  static final Path DEFAULT_STATE_DIR = Path.of("/var/lib/yagura");
  static final int DEFAULT_READERS = 2;

  private static final SourceReader SOURCES = new SourceReader("distribution");
  private static final String RANKINGS =
      String.join(", ", Order.WEIGHTS.stream().map(Order::label).toList());
  private static final String NO_SOURCE =
      "list at least one source, or set "
          + SOURCES_VARIABLE
          + " to a path, s3://bucket/prefix or the address of a queue";

  public CloudFrontConfig {
    sources = List.copyOf(sources);
    friendlyNames = Map.copyOf(friendlyNames);
  }

  /** Whether the environment names a source of logs, rightly or not. */
  public static boolean isIn(Map<String, String> environment) {
    return environment.containsKey(SOURCES_VARIABLE);
  }

  /**
   * Reads the section.
   *
   * @param environment gives what the section does not have
   * @param aws knows the accounts
   */
  public static CloudFrontConfig read(
      Section section, Map<String, String> environment, AwsSettings aws) {
    Optional<DiscoverySettings> discovery =
        section
            .section("discovery", discovered -> DiscoverySettings.read(discovered, aws))
            .flatMap(Function.identity());
    List<SourceConfig> sources = sources(section, environment, discovery.isEmpty());
    Path stateDir =
        section
            .parsed("state_dir", CloudFrontConfig::folder)
            .or(() -> variable(environment, STATE_VARIABLE).map(Path::of))
            .orElse(DEFAULT_STATE_DIR);
    return new CloudFrontConfig(
        stateDir,
        sources,
        store(section),
        section.textMap("names"),
        section.integer("readers", DEFAULT_READERS, 1, 64),
        discovery);
  }

  /** Whether anything of this asks AWS. */
  public boolean usesAws() {
    return discovery.isPresent()
        || sources.stream().anyMatch(source -> !(source instanceof SourceConfig.File));
  }

  private static Path folder(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return Path.of(text);
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
  }

  private static List<SourceConfig> sources(
      Section section, Map<String, String> environment, boolean required) {
    int[] listed = {0};
    List<SourceConfig> sources;
    if (section.has("sources")) {
      sources =
          section.list(
              "sources",
              item -> {
                listed[0]++;
                return SOURCES.read(item);
              });
    } else {
      List<String> texts =
          variable(environment, SOURCES_VARIABLE).stream()
              .flatMap(text -> Arrays.stream(text.strip().split("\\s+")))
              .toList();
      listed[0] = texts.size();
      sources = texts.stream().flatMap(text -> source(section, text).stream()).toList();
    }
    // One that is broken is told by itself, and is no lack of sources.
    if (listed[0] == 0 && required) {
      section.problem("sources", NO_SOURCE);
    }
    return sources;
  }

  private static Optional<SourceConfig> source(Section section, String text) {
    try {
      return Optional.of(SOURCES.parse(text));
    } catch (IllegalArgumentException e) {
      section.problem("sources", SOURCES_VARIABLE + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private static StoreSettings store(Section section) {
    StoreSettings defaults = StoreSettings.DEFAULT;
    int top = section.integer("top", defaults.top(), 0, 1_000);
    List<Order> rankings =
        section.has("rankings")
            ? section.texts("rankings", List.of()).stream()
                .flatMap(text -> ranking(section, text).stream())
                .toList()
            : defaults.rankings();
    int maxObjects = section.integer("max_objects", defaults.maxObjects(), 1_000, 2_000_000);
    int hourObjects = section.integer("hour_objects", defaults.hourObjects(), 50, 20_000);
    Duration halfLife =
        section.duration(
            "ranking_half_life", defaults.halfLife(), Duration.ofMinutes(10), Duration.ofDays(60));
    ObjectNaming naming = naming(section);
    int room = maxObjects / 4 / Math.max(1, rankings.size());
    if (top > room) {
      section.problem(
          "top",
          "must be at most %d with %d rankings and max_objects %d"
              .formatted(room, rankings.size(), maxObjects));
      return defaults;
    }
    try {
      return new StoreSettings(naming, top, rankings, maxObjects, hourObjects, halfLife);
    } catch (IllegalArgumentException e) {
      section.problem("rankings", String.valueOf(e.getMessage()));
      return defaults;
    }
  }

  private static Optional<Order> ranking(Section section, String text) {
    try {
      return Optional.of(Order.parse(text))
          .filter(Order.WEIGHTS::contains)
          .or(() -> none(section, text));
    } catch (IllegalArgumentException e) {
      return none(section, text);
    }
  }

  private static Optional<Order> none(Section section, String text) {
    section.problem("rankings", "must be one of " + RANKINGS + ", not \"" + text + "\"");
    return Optional.empty();
  }

  private static ObjectNaming naming(Section section) {
    List<String> parameters = section.texts("query_parameters", List.of());
    if (parameters.stream().anyMatch(String::isBlank)) {
      section.problem("query_parameters", "must not hold an empty name");
    }
    if (parameters.stream().distinct().count() < parameters.size()) {
      section.problem("query_parameters", "a parameter is named twice");
    }
    return new ObjectNaming(parameters, section.list("rewrite", CloudFrontConfig::rewrite));
  }

  private static ObjectNaming.Rewrite rewrite(Section rule) {
    if (!rule.has("replace")) {
      rule.problem("replace", "required, but missing; \"\" takes the match away");
    }
    return ObjectNaming.Rewrite.of(rule.requiredText("match"), rule.text("replace", ""));
  }
}
