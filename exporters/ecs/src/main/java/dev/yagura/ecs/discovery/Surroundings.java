package dev.yagura.ecs.discovery;

import dev.yagura.ecs.inventory.Task;
import dev.yagura.ecs.inventory.TaskDefinition;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What tasks are joined with.
 *
 * @param account its name in the configuration
 * @param definitions by ARN; those that ECS does not know any more are not there
 * @param hostIpByContainerInstanceArn of those that were needed
 * @param environment the name of the environment that a task is part of
 */
public record Surroundings(
    String account,
    String region,
    Map<String, TaskDefinition> definitions,
    Map<String, String> hostIpByContainerInstanceArn,
    Function<Task, Optional<String>> environment) {

  public Surroundings {
    definitions = Map.copyOf(definitions);
    hostIpByContainerInstanceArn = Map.copyOf(hostIpByContainerInstanceArn);
  }

  /** The same with these hosts. */
  Surroundings withHosts(Map<String, String> ipByArn) {
    return new Surroundings(account, region, definitions, ipByArn, environment);
  }
}
