package dev.yagura.core.scrape;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.page.Note;
import dev.yagura.core.page.Page;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One exporter as it runs: what the web server needs of it, whatever its source is. */
public interface Exporter extends AutoCloseable {
  /** As in {@code /metrics/<name>} and in the label {@code exporter}. */
  String name();

  /** Everything it may emit. */
  List<Family<?>> families();

  /** The names that {@code collect[]} may give. */
  List<String> scrapers();

  /** How long a scrape may take where the one who asks does not say less. */
  Duration budget();

  /** Whether it has a target of this name. */
  boolean hasTarget(String target);

  /**
   * Begins to scrape and does not block, so that exporters read side by side; what is awaited never
   * throws, and never ends after the deadline.
   *
   * @param target the one to scrape, or all
   */
  Pending start(Optional<String> target, Selection selection, Deadline deadline);

  /** Scrapes now, for one who has nothing else to start. */
  default List<Samples> scrape(Optional<String> target, Selection selection, Deadline deadline) {
    return start(target, selection, deadline).await();
  }

  /** How its targets are, for people. */
  List<TargetStatus> status();

  /** How the rest of it is, for people: what is no target that is scraped. */
  default List<Note> notes() {
    return List.of();
  }

  /** The pages it shows beside its metrics. */
  default List<Page> pages() {
    return List.of();
  }

  @Override
  void close();
}
