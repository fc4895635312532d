package dev.yagura.ecs.taskmetadata;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import java.util.ArrayList;
import java.util.List;

/** What {@code /task} says. */
final class TaskScraper implements Scraper {
  static final String NAME = "task";

  private final TaskLook look;

  TaskScraper(TaskLook look) {
    this.look = look;
  }

  static List<Family<?>> all() {
    List<Family<?>> all = new ArrayList<>(TaskFamilies.answered());
    all.addAll(ContainerFamilies.families());
    return all;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    return all();
  }

  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException, InterruptedException {
    TaskMetadata task = look.task(deadline);
    return TaskFamilies.of(task).and(ContainerFamilies.of(task.containers()));
  }
}
