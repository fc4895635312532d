package dev.yagura.ecs.tasks;

import dev.yagura.ecs.inventory.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A part of the way from a task's creation to its service. */
enum StartPhase {
  /** From {@code createdAt} to {@code pullStartedAt}: a place, a network interface, an agent. */
  PROVISION {
    @Override
    Optional<Duration> of(Task task, Instant told) {
      return between(task.createdAt(), task.pullStartedAt());
    }
  },
  /** From {@code pullStartedAt} to {@code pullStoppedAt}: all images, one after another. */
  PULL {
    @Override
    Optional<Duration> of(Task task, Instant told) {
      return between(task.pullStartedAt(), task.pullStoppedAt());
    }
  },
  /** From {@code pullStoppedAt} to {@code startedAt}: until the containers run. */
  START {
    @Override
    Optional<Duration> of(Task task, Instant told) {
      return between(task.pullStoppedAt(), task.startedAt());
    }
  },
  /** From {@code startedAt} to when it was told to be healthy: ECS keeps no time for that. */
  HEALTHY {
    @Override
    Optional<Duration> of(Task task, Instant told) {
      return task.isHealthy() && !task.hasStopped()
          ? between(task.startedAt(), told)
          : Optional.empty();
    }
  };

  /** How long it took; empty if it has no end yet, or the clocks of AWS contradict each other. */
  abstract Optional<Duration> of(Task task, Instant told);

  /** Its value of the label {@code phase}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Optional<Duration> between(@Nullable Instant from, @Nullable Instant to) {
    return from == null || to == null || to.isBefore(from)
        ? Optional.empty()
        : Optional.of(Duration.between(from, to));
  }
}
