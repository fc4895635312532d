package dev.yagura.ecs.environments;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which environments something belongs to: by its hosts, and where no host tells, by a tag.
 *
 * @param hosts empty if hosts tell nothing
 * @param tag key of the tag; empty if tags tell nothing
 */
public record EnvironmentNames(Optional<HostNames> hosts, Optional<String> tag) {

  /**
   * Reads a pattern of whole hosts, with a group {@code env}.
   *
   * @throws IllegalArgumentException with a message for the operator
   */
  public static EnvironmentNames of(Optional<String> hostPattern, Optional<String> tag) {
    return new EnvironmentNames(hostPattern.map(HostNames::of), tag);
  }

  /** The environments of these hosts, each with its hosts. */
  Map<String, TreeSet<String>> ofHosts(List<String> all) {
    Map<String, TreeSet<String>> names = new LinkedHashMap<>();
    for (String host : all) {
      hosts
          .flatMap(pattern -> pattern.nameOf(host))
          .ifPresent(name -> names.computeIfAbsent(name, made -> new TreeSet<>()).add(host));
    }
    return names;
  }

  /** The environment that the first of these tags names. */
  Optional<String> ofTags(List<Map<String, String>> tags) {
    return tag.flatMap(
        key ->
            tags.stream()
                .map(each -> each.getOrDefault(key, ""))
                .filter(name -> !name.isBlank())
                .findFirst());
  }
}
