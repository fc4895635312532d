package dev.yagura.ecs.taskmetadata;

import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import org.jspecify.annotations.Nullable;

/** The answer of {@code /task} in one scrape, asked once. Used by one thread. */
final class TaskLook {
  private final MetadataClient client;
  private @Nullable TaskMetadata task;
  private @Nullable ScrapeException failure;

  TaskLook(MetadataClient client) {
    this.client = client;
  }

  /**
   * The task.
   *
   * @throws ScrapeException if it could not be read, again if it was asked for before
   */
  TaskMetadata task(Deadline deadline) throws ScrapeException, InterruptedException {
    if (failure != null) {
      throw failure;
    }
    if (task == null) {
      try {
        task = TaskMetadata.of(client.get("/task", deadline));
      } catch (ScrapeException e) {
        failure = e;
        throw e;
      }
    }
    return task;
  }
}
