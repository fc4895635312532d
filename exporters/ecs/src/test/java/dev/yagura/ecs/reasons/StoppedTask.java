package dev.yagura.ecs.reasons;

import dev.yagura.ecs.inventory.Container;
import dev.yagura.ecs.inventory.Task;
import dev.yagura.ecs.inventory.TaskDefinitionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task that has stopped, of the deployment {@link #DEPLOYMENT}. */
record StoppedTask(
    @Nullable String code,
    @Nullable String text,
    @Nullable String startedBy,
    String capacityProvider,
    List<Container> containers) {
  static final String DEPLOYMENT = "ecs-svc/6524458012816012998";
  private static final Instant STOPPED_AT = Instant.parse("2026-11-25T10:00:00Z");

  /** With this code and text, either of which may be empty. */
  static StoppedTask of(String code, String text) {
    return new StoppedTask(nullIfEmpty(code), nullIfEmpty(text), DEPLOYMENT, "FARGATE", List.of());
  }

  StoppedTask startedBy(@Nullable String other) {
    return new StoppedTask(code, text, other, capacityProvider, containers);
  }

  StoppedTask on(String provider) {
    return new StoppedTask(code, text, startedBy, provider, containers);
  }

  /** With one container more, which has this reason and exit code. */
  StoppedTask container(String reason, @Nullable Integer exitCode) {
    List<Container> more = new ArrayList<>(containers);
    more.add(
        new Container(
            "c" + containers.size(),
            "STOPPED",
            null,
            exitCode,
            nullIfEmpty(reason),
            null,
            List.of()));
    return new StoppedTask(code, text, startedBy, capacityProvider, more);
  }

  Task task() {
    return new Task(
        "arn:aws:ecs:eu-west-1:111122223333:task/prod/b99d40b351764f719a526d39e3f4a2b1",
        "prod",
        TaskDefinitionName.of("arn:aws:ecs:eu-west-1:111122223333:task-definition/web:118"),
        "service:web",
        startedBy,
        4,
        "STOPPED",
        "STOPPED",
        null,
        null,
        capacityProvider,
        null,
        null,
        null,
        null,
        null,
        STOPPED_AT,
        STOPPED_AT,
        code,
        text,
        containers,
        null,
        null,
        Map.of());
  }

  private static @Nullable String nullIfEmpty(String text) {
    return text.isEmpty() ? null : text;
  }
}
