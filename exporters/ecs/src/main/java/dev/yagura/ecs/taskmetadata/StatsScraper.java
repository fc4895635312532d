package dev.yagura.ecs.taskmetadata;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import dev.yagura.ecs.taskmetadata.TaskMetadata.Container;
import java.util.ArrayList;
import java.util.List;

/** What {@code /task/stats} says; which container is which only {@code /task} knows. */
final class StatsScraper implements Scraper {
  static final String NAME = "stats";

  private final TaskLook look;
  private final MetadataClient client;
  private final NetworkSums sums;

  StatsScraper(TaskLook look, MetadataClient client, NetworkSums sums) {
    this.look = look;
    this.client = client;
    this.sums = sums;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    return StatsFamilies.families();
  }

  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException, InterruptedException {
    TaskMetadata task = look.task(deadline);
    JsonNode answer = client.get("/task/stats", deadline);
    List<ContainerStats> rows = new ArrayList<>();
    for (Container container : task.containers()) {
      // Null for one that has only just started, or has stopped.
      JsonNode stats = answer.path(container.id());
      if (stats.isObject()) {
        rows.add(ContainerStats.of(container, stats));
      }
    }
    return StatsFamilies.of(rows, InterfaceCounters.of(rows, sums.add(task, rows)));
  }
}
