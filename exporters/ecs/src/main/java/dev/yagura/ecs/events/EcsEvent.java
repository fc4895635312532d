package dev.yagura.ecs.events;

import dev.yagura.ecs.inventory.Task;
import java.time.Instant;
import java.util.Locale;

/** What a message of the queue says. */
sealed interface EcsEvent {
  /** What it is about, as the label {@code type}. */
  enum Type {
    TASK,
    SERVICE_ACTION,
    DEPLOYMENT,
    OTHER;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Type type();

  /**
   * {@code ECS Task State Change}.
   *
   * @param at when it happened, by EventBridge's clock
   */
  record TaskChange(String clusterArn, Task task, Instant at) implements EcsEvent {
    @Override
    public Type type() {
      return Type.TASK;
    }
  }

  /**
   * {@code ECS Service Action} or {@code ECS Deployment State Change}.
   *
   * @param id of the event, also when it is sent again
   * @param name of the event, as EventBridge gives it
   * @param reason empty if there is none
   */
  record ServiceChange(
      Type type,
      String id,
      String clusterArn,
      String service,
      String name,
      Instant at,
      String reason)
      implements EcsEvent {}

  /** Another event of ECS. */
  record Other() implements EcsEvent {
    @Override
    public Type type() {
      return Type.OTHER;
    }
  }
}
