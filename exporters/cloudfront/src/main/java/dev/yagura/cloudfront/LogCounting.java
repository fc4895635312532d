package dev.yagura.cloudfront;

import dev.yagura.accesslog.ingest.Ingest;
import dev.yagura.accesslog.ingest.IngestSettings;
import dev.yagura.accesslog.ingest.IngestStatus;
import dev.yagura.accesslog.source.LogSource;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.cloudfront.distributions.LogArrivals;
import dev.yagura.cloudfront.report.ReportSource;
import dev.yagura.cloudfront.store.CloudFrontTally;
import dev.yagura.cloudfront.store.LogCounts;
import dev.yagura.cloudfront.store.Reports;
import dev.yagura.cloudfront.store.Room;
import dev.yagura.cloudfront.store.View;
import dev.yagura.state.StateDatabase;
import dev.yagura.state.StateException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Sources, counters and their database, at work. */
final class LogCounting implements AutoCloseable {
  /** As the files in the state folder are called. */
  static final String APPLICATION = "cloudfront";

  private final StateDatabase state;
  private final CloudFrontTally tally;
  private final Ingest<LogCounts> ingest;
  private final ReportSource reports;
  private final Instant since;

  private LogCounting(
      StateDatabase state,
      CloudFrontTally tally,
      Ingest<LogCounts> ingest,
      ReportSource reports,
      Instant since) {
    this.state = state;
    this.tally = tally;
    this.ingest = ingest;
    this.reports = reports;
    this.since = since;
  }

  /**
   * Starts to look for logs and to count them.
   *
   * @param state closed with this, or if it cannot be used
   * @param use where calls of AWS are counted
   */
  static LogCounting start(
      CloudFrontConfig config, StateDatabase state, AwsUse use, Clock clock, LongSupplier nanoClock)
      throws StateException {
    List<LogSource> sources = List.of();
    try {
      Room room = Room.of(Runtime.getRuntime().maxMemory(), config.readers());
      var tally = new CloudFrontTally(config.store(), room, clock);
      sources =
          config.sources().stream().map(source -> source.open(use, clock, nanoClock)).toList();
      var settings = IngestSettings.withReaders(config.readers());
      Ingest<LogCounts> ingest = Ingest.start(state, tally, sources, settings, clock);
      long patience = ReportSource.PATIENCE.toNanos();
      var reports =
          new Reports(
              () -> {
                long began = nanoClock.getAsLong();
                return state.reader(() -> nanoClock.getAsLong() - began > patience);
              },
              config.friendlyNames(),
              clock);
      return new LogCounting(state, tally, ingest, reports, clock.instant());
    } catch (StateException | RuntimeException e) {
      sources.forEach(LogSource::close);
      state.close();
      throw e;
    }
  }

  View view() {
    return tally.view();
  }

  IngestStatus status() {
    return ingest.status();
  }

  /** What arrives; empty while something is wrong, so that what is missing cannot be told. */
  Optional<LogArrivals> arrivals() {
    IngestStatus status = ingest.status();
    boolean sound =
        status.paused().isEmpty()
            && status.sources().stream()
                .allMatch(source -> source.failure().isEmpty() && source.lastSuccess().isPresent());
    if (!sound) {
      return Optional.empty();
    }
    Map<String, Instant> newest = new HashMap<>();
    tally
        .view()
        .distributions()
        .forEach((name, one) -> one.logs().newest().ifPresent(at -> newest.put(name, at)));
    return Optional.of(new LogArrivals(since, newest));
  }

  ReportSource reports() {
    return reports;
  }

  @Override
  public void close() {
    ingest.close();
    state.close();
  }
}
