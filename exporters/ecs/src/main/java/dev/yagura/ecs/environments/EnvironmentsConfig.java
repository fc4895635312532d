package dev.yagura.ecs.environments;

import dev.yagura.core.config.Glob;
import dev.yagura.core.config.Section;
import java.util.List;
import java.util.Optional;

/**
 * The section that says what an environment is.
 *
 * @param loadBalancers names of those to watch; all application load balancers if there is none
 * @param maxEnvironments that have series of their own
 */
public record EnvironmentsConfig(
    EnvironmentNames names, List<Glob> loadBalancers, int maxEnvironments) {
  private static final int MAX_ENVIRONMENTS = 500;
  private static final int MOST = 10_000;
  private static final String HOST_PATTERN = "host_pattern";
  private static final String TAG = "tag";

  public EnvironmentsConfig {
    loadBalancers = List.copyOf(loadBalancers);
  }

  /** Reads the section. */
  public static EnvironmentsConfig read(Section section) {
    Optional<HostNames> hosts = section.parsed(HOST_PATTERN, HostNames::of);
    Optional<String> tag = section.parsed(TAG, EnvironmentsConfig::notBlank);
    List<Glob> loadBalancers =
        section.texts("load_balancers", List.of()).stream().map(Glob::new).toList();
    int most = section.integer("max_environments", MAX_ENVIRONMENTS, 1, MOST);
    if (!section.has(HOST_PATTERN) && !section.has(TAG)) {
      section.problem(
          HOST_PATTERN, "required, but missing, unless " + TAG + " names the environments");
    }
    return new EnvironmentsConfig(new EnvironmentNames(hosts, tag), loadBalancers, most);
  }

  /** Whether the tags of load balancers are to be read. */
  public boolean needsTags() {
    return names.tag().isPresent();
  }

  private static String notBlank(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return text;
  }
}
