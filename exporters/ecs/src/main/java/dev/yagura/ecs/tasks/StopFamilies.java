package dev.yagura.ecs.tasks;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.ecs.inventory.Task;
import dev.yagura.ecs.reasons.ExitCodes;
import dev.yagura.ecs.reasons.StopCodes;
import dev.yagura.ecs.reasons.StopReason;
import dev.yagura.ecs.tally.Series;
import dev.yagura.ecs.tally.Tally.Counted;
import java.util.List;
import java.util.Optional;

/** Why tasks stopped, as it is counted and shown. */
public final class StopFamilies {
  private static final String NAME = "ecs_tasks_stopped_total";

  private static final List<Family<Counted>> FAMILIES =
      List.of(
          Family.<Counted>counter(
                  NAME,
                  "Tasks that stopped, each once, by stopCode, a closed set of reasons read off"
                      + " stoppedReason and the containers' reason, and the exit code that tells"
                      + " why; service is empty for a task run by hand. A new series is 0 for two minutes.",
                  Counted::value)
              .labels(
                  LabelSet.<Counted>of("service", row -> row.series().label(0))
                      .and("stop_code", row -> row.series().label(1))
                      .and("reason", row -> row.series().label(2))
                      .and("exit_code", row -> row.series().label(3))));

  private StopFamilies() {}

  static Series series(Task task, Optional<String> primary) {
    return new Series(
        NAME,
        List.of(
            task.service(),
            StopCodes.label(task.stopCode()),
            StopReason.of(task, primary).label(),
            ExitCodes.label(task)));
  }

  /** By the name of what is counted. */
  public static List<Family<Counted>> families() {
    return FAMILIES;
  }
}
