package dev.yagura.core.scrape;

import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import java.util.List;
import java.util.Optional;

/** One upstream: its scrapers run one after another, on what this opens and closes for them. */
public interface Target extends AutoCloseable {
  /** The alias from the configuration; never an address with a secret in it. */
  String name();

  /** What every sample of this target carries. */
  ConstantLabels labels();

  /** The scrapers that report in every run, by name and in order. */
  List<String> scrapers();

  /** Everything a run may emit. */
  List<Family<?>> families();

  /**
   * Opens the upstream and hands each scraper to the run; closes again whatever is not to be kept.
   *
   * @throws UnsupportedException never: a scraper that is not supported says so itself
   * @throws Exception if the upstream cannot be opened; all scrapers that have not run then fail
   *     for that reason
   */
  void visit(Visit visit) throws Exception;

  /** Samples about the run as a whole, given also when nothing else could be read. */
  Snapshot summary(RunReport report);

  /** How it is, where that is known without a scrape; empty to show how the last one went. */
  default Optional<RunReport> report() {
    return Optional.empty();
  }

  /** Lets go of everything that is kept between runs. */
  @Override
  void close();
}
