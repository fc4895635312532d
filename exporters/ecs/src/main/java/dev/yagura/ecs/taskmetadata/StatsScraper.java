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

  StatsScraper(TaskLook look, MetadataClient client) {
    this.look = look;
    this.client = client;
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
  public Snapshot scrape(Deadline deadline) throws ScrapeException {
    List<Container> containers = look.task(deadline).containers();
    JsonNode answer = client.get("/task/stats", deadline);
    List<ContainerStats> rows = new ArrayList<>();
    for (Container container : containers) {
      // Null for one that has only just started, or has stopped.
      JsonNode stats = answer.path(container.id());
      if (stats.isObject()) {
        rows.add(ContainerStats.of(container, stats));
      }
    }
    return StatsFamilies.of(rows);
  }
}
