package dev.yagura.ecs.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A service, from DescribeServices.
 *
 * @param status ACTIVE, DRAINING or INACTIVE
 * @param desired tasks, as of the following
 * @param createdAt null where ECS does not say
 * @param deployments the one that is primary and those that it replaces
 * @param events newest first
 * @param targetGroups ARNs of those that its tasks are registered with
 * @param currentServiceDeployment its ARN; null where there is none
 */
public record Service(
    String arn,
    String name,
    String cluster,
    String status,
    @Nullable Integer desired,
    @Nullable Integer running,
    @Nullable Integer pending,
    @Nullable Instant createdAt,
    List<Deployment> deployments,
    List<ServiceEvent> events,
    List<String> targetGroups,
    @Nullable String currentServiceDeployment,
    Map<String, String> tags) {

  public Service {
    deployments = List.copyOf(deployments);
    events = List.copyOf(events);
    targetGroups = List.copyOf(targetGroups);
    tags = Map.copyOf(tags);
  }

  /** The same without its events, which are most of it. */
  public Service withoutEvents() {
    return new Service(
        arn,
        name,
        cluster,
        status,
        desired,
        running,
        pending,
        createdAt,
        deployments,
        List.of(),
        targetGroups,
        currentServiceDeployment,
        tags);
  }

  /** The deployment that it is to have. */
  public Optional<Deployment> primary() {
    return deployments.stream().filter(Deployment::isPrimary).findFirst();
  }
}
