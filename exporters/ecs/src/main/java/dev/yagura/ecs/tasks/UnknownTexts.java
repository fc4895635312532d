package dev.yagura.ecs.tasks;

import dev.yagura.ecs.inventory.Task;
import dev.yagura.ecs.reasons.StopReason;
import dev.yagura.ecs.reasons.StopText;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each text of a stop that nobody understands once, so that it can be told to us. */
public final class UnknownTexts {
  private static final Logger logger = LoggerFactory.getLogger(UnknownTexts.class);
  private static final int MOST = 200;

  private final Set<String> logged = new HashSet<>();

  /** Looks at a task that has stopped. */
  synchronized void note(Task task, Optional<String> primaryDeployment) {
    if (StopReason.of(task, primaryDeployment) != StopReason.OTHER) {
      return;
    }
    String text = StopText.of(task);
    // Numbers and ids differ from task to task, and are not what is unknown.
    String gist = task.stopCode() + " " + text.replaceAll("[0-9a-f]*[0-9][0-9a-f]*", "#");
    if (logged.size() < MOST && logged.add(gist)) {
      logger.warn(
          "a task of cluster {} stopped for a reason that is not known, counted as other:"
              + " stopCode {}, \"{}\"",
          task.cluster(),
          task.stopCode(),
          text);
    }
  }
}
