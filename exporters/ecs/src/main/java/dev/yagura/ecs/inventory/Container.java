package dev.yagura.ecs.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container of a task, from DescribeTasks or an event.
 *
 * @param exitCode null if it did not exit, or nobody knows with what
 * @param reason why it is how it is, in ECS' words
 * @param imageDigest null until it is pulled
 * @param bindings ports of the host that lead to it, in the network modes bridge and host
 */
public record Container(
    String name,
    @Nullable String lastStatus,
    @Nullable String healthStatus,
    @Nullable Integer exitCode,
    @Nullable String reason,
    @Nullable String imageDigest,
    List<Binding> bindings) {

  /** A port of the host that leads to one of the container. */
  public record Binding(int containerPort, int hostPort) {}

  public Container {
    bindings = List.copyOf(bindings);
  }
}
