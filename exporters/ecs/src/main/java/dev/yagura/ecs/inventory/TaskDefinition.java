package dev.yagura.ecs.inventory;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a revision of a task definition says, from DescribeTaskDefinition; it never changes.
 *
 * @param networkMode awsvpc, bridge, host or none; null for the default of the platform
 */
public record TaskDefinition(
    TaskDefinitionName name,
    @Nullable String networkMode,
    List<ContainerDefinition> containers,
    Map<String, String> tags) {

  /**
   * A container of it.
   *
   * @param ports that it listens on
   */
  public record ContainerDefinition(
      String name, @Nullable String image, Map<String, String> dockerLabels, List<Integer> ports) {

    public ContainerDefinition {
      dockerLabels = Map.copyOf(dockerLabels);
      ports = List.copyOf(ports);
    }
  }

  public TaskDefinition {
    containers = List.copyOf(containers);
    tags = Map.copyOf(tags);
  }
}
