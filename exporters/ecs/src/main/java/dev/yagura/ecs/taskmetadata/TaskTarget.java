package dev.yagura.ecs.taskmetadata;

import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.RunReport;
import dev.yagura.core.scrape.RunReport.ScraperReport;
import dev.yagura.core.scrape.Target;
import dev.yagura.core.scrape.Visit;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The task that this process runs in, asked at each scrape. */
final class TaskTarget implements Target {
  static final String NAME = "task";

  private final MetadataClient client;
  private final NetworkSums sums = new NetworkSums();

  TaskTarget(URI endpoint) {
    this.client = new MetadataClient(endpoint);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ConstantLabels labels() {
    return ConstantLabels.none();
  }

  @Override
  public List<String> scrapers() {
    return List.of(TaskScraper.NAME, StatsScraper.NAME);
  }

  @Override
  public List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(List.of(TaskFamilies.always()));
    all.addAll(TaskScraper.all());
    all.addAll(StatsFamilies.families());
    return all;
  }

  @Override
  public void visit(Visit visit) {
    var look = new TaskLook(client);
    visit.run(new TaskScraper(look));
    visit.run(new StatsScraper(look, client, sums));
  }

  @Override
  public Snapshot summary(RunReport report) {
    return TaskFamilies.of(report.scrapers().stream().anyMatch(ScraperReport::success));
  }

  @Override
  public void close() {
    // No connection and no thread is kept between scrapes.
  }
}
