package dev.yagura.ecs.discovery;

import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.ecs.inventory.TaskDefinition;
import java.util.Optional;

/** Task definitions by ARN. */
@FunctionalInterface
public interface TaskDefinitions {
  /** What a revision says; empty if there is none, or none any more. */
  Optional<TaskDefinition> of(String arn, Deadline deadline)
      throws ScrapeException, InterruptedException;
}
