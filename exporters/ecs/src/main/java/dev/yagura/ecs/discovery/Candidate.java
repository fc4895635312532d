package dev.yagura.ecs.discovery;

import dev.yagura.ecs.discovery.PortRequest.Asked;
import dev.yagura.ecs.inventory.Container;
import dev.yagura.ecs.inventory.Task;
import dev.yagura.ecs.inventory.TaskDefinition;
import dev.yagura.ecs.inventory.TaskDefinition.ContainerDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A running task, and what it asks for.
 *
 * @param definition null if ECS does not know it any more
 */
record Candidate(Task task, @Nullable TaskDefinition definition, Asked asked) {
  private static final String RUNNING = "RUNNING";
  private static final String AWSVPC = "awsvpc";
  private static final String HOST = "host";
  private static final String NONE = "none";

  static boolean isRunning(Task task) {
    return RUNNING.equals(task.lastStatus());
  }

  static Candidate of(Task task, @Nullable TaskDefinition definition, DiscoveryConfig config) {
    Asked asked = PortRequest.nothing();
    if (config.dockerLabels()) {
      for (ContainerDefinition each : containers(definition)) {
        asked = asked.and(PortRequest.byLabels(each.name(), each.dockerLabels()));
      }
    }
    Optional<String> value = config.tag().flatMap(key -> tag(task, definition, key));
    return new Candidate(
        task, definition, value.map(PortRequest::byTag).map(asked::and).orElse(asked));
  }

  private static Optional<String> tag(Task task, @Nullable TaskDefinition definition, String key) {
    return Optional.ofNullable(task.tags().get(key))
        .or(() -> Optional.ofNullable(definition).map(each -> each.tags().get(key)));
  }

  private static List<ContainerDefinition> containers(@Nullable TaskDefinition definition) {
    return definition == null ? List.of() : definition.containers();
  }

  private boolean isInMode(String mode) {
    return definition != null && mode.equals(definition.networkMode());
  }

  /** Whether it can only be reached by the address of the machine that it runs on. */
  boolean needsHost() {
    return !asked.requests().isEmpty()
        && task.privateIp() == null
        && task.containerInstance() != null
        && !isInMode(AWSVPC)
        && !isInMode(NONE);
  }

  /** The address of what is asked for; empty while it has none. */
  Optional<String> ip(Map<String, String> hostIpByContainerInstanceArn) {
    if (task.privateIp() != null) {
      return Optional.of(task.privateIp());
    }
    return needsHost()
        ? Optional.ofNullable(hostIpByContainerInstanceArn.get(task.containerInstance()))
        : Optional.empty();
  }

  /** The port at that address; empty if nothing leads to the one that is asked for. */
  OptionalInt port(PortRequest request) {
    boolean bound = task.privateIp() == null && !isInMode(HOST);
    if (request.port() == PortRequest.DYNAMIC) {
      return bound ? only(hostPorts(request)) : only(containerPorts(request));
    }
    return bound
        ? task.containers().stream()
            .filter(each -> isOf(request, each.name()))
            .flatMap(each -> each.bindings().stream())
            .filter(binding -> binding.containerPort() == request.port())
            .mapToInt(Container.Binding::hostPort)
            .findFirst()
        : OptionalInt.of(request.port());
  }

  private List<Integer> hostPorts(PortRequest request) {
    return task.containers().stream()
        .filter(each -> isOf(request, each.name()))
        .flatMap(each -> each.bindings().stream())
        .map(Container.Binding::hostPort)
        .distinct()
        .toList();
  }

  private List<Integer> containerPorts(PortRequest request) {
    return containers(definition).stream()
        .filter(each -> isOf(request, each.name()))
        .flatMap(each -> each.ports().stream())
        .distinct()
        .toList();
  }

  private static boolean isOf(PortRequest request, String container) {
    return request.container().isEmpty() || request.container().equals(container);
  }

  private static OptionalInt only(List<Integer> ports) {
    return ports.size() == 1 ? OptionalInt.of(ports.get(0)) : OptionalInt.empty();
  }

  /** The container that asks, or that listens there where it was the task that asked. */
  Optional<ContainerDefinition> container(PortRequest request) {
    return containers(definition).stream()
        .filter(
            each ->
                request.container().isEmpty()
                    ? each.ports().contains(request.port())
                    : request.container().equals(each.name()))
        .findFirst();
  }
}
