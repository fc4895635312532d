package dev.yagura.cloudfront;

import dev.yagura.accesslog.ingest.IngestStatus;
import dev.yagura.accesslog.ingest.IngestStatus.SourceStatus;
import dev.yagura.cloudfront.store.LogFigures;
import dev.yagura.cloudfront.store.View;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the logs arrive, and whether they are read. */
final class LogFamilies {
  private static final double[] LATENESS =
      LogFigures.LATENESS_BOUNDS.stream().mapToDouble(Long::doubleValue).toArray();

  /** The logs of one distribution. */
  private record Row(String distribution, LogFigures logs) {}

  private static final List<Family<Row>> LOGS =
      Family.labelled(
          LabelSet.of("distribution", Row::distribution),
          List.of(
              Family.counter(
                  "cloudfront_log_objects_total",
                  "Log files that were counted.",
                  row -> row.logs().files()),
              Family.counter(
                  "cloudfront_log_lines_total",
                  "Log lines that hold a request, malformed ones included.",
                  row -> row.logs().lines()),
              Family.counter(
                  "cloudfront_log_bytes_total",
                  "Bytes of the log files that were counted, unpacked.",
                  row -> row.logs().bytes()),
              Family.gauge(
                  "cloudfront_log_newest_event_timestamp_seconds",
                  "Time of the newest request that was counted, by its log line, in seconds since"
                      + " 1970.",
                  row -> seconds(row.logs().newest().orElse(null))),
              Family.histogram(
                  "cloudfront_log_lateness_seconds",
                  "Log files by the time from their newest request until they were counted, in"
                      + " seconds.",
                  row -> TotalFamilies.distribution(LATENESS, row.logs().lateness()))));

  private static final List<Family<Named<Long>>> MALFORMED =
      List.of(
          Family.<Named<Long>>counter(
                  "cloudfront_log_malformed_lines_total",
                  "Log lines that were not counted, by why: too_few_columns, bad_number, bad_time,"
                      + " too_long, bad_json.",
                  Named::value)
              .labels(Named.labels("reason")));

  private static final List<Family<Named<Long>>> MISSING =
      List.of(
          Family.<Named<Long>>counter(
                  "cloudfront_log_lines_without_column_total",
                  "Counted log lines that lack this column, so that what it tells is not known of"
                      + " them.",
                  Named::value)
              .labels(Named.labels("column")));

  private static final List<Family<IngestStatus>> INGEST =
      List.of(
          Family.gauge(
              "cloudfront_log_objects_pending",
              "Log files that were found and are neither counted nor given up.",
              IngestStatus::pending),
          Family.counter(
              "cloudfront_log_duplicate_objects_total",
              "Log files that were skipped because they were counted before.",
              IngestStatus::duplicatesSkipped),
          Family.counter(
              "cloudfront_log_failed_reads_total",
              "Attempts to read a log file that failed and are made again.",
              IngestStatus::objectsFailed),
          Family.counter(
              "cloudfront_log_stored_bytes_total",
              "Bytes of the log files that were counted, as stored.",
              IngestStatus::bytesCounted),
          Family.gauge(
              "cloudfront_log_paused",
              "1 while nothing can be counted because the state cannot be written, as with a full"
                  + " disk; else 0.",
              status -> status.paused().isPresent() ? 1 : 0));

  /** How often, by why. */
  private record Failures(String source, String reason, long count) {}

  private static final List<Family<Failures>> UNREADABLE =
      List.of(
          Family.<Failures>counter(
                  "cloudfront_log_unreadable_objects_total",
                  "Log files that were given up until the next start because reading them again"
                      + " would not help, by why (format, truncated, grew, bug); nothing of them is"
                      + " counted.",
                  Failures::count)
              .label("reason", Failures::reason));

  private static final List<Family<SourceStatus>> SOURCES =
      Family.labelled(
          LabelSet.of("source", SourceStatus::name),
          List.of(
              Family.gauge(
                  "cloudfront_log_source_success",
                  "Whether the newest look at this source of logs went well (1) or not (0); absent"
                      + " before the first.",
                  LogFamilies::success),
              Family.gauge(
                  "cloudfront_log_source_success_timestamp_seconds",
                  "When a look at this source of logs last went well, in seconds since 1970.",
                  status -> seconds(status.lastSuccess().orElse(null))),
              Family.counter(
                  "cloudfront_log_source_objects_total",
                  "Log files that this source gave to be read, each time for those that are tried"
                      + " again.",
                  SourceStatus::objectsOffered),
              Family.counter(
                  "cloudfront_log_unusable_notifications_total",
                  "Notifications that name no log file that can be read; the queue's dead-letter"
                      + " queue gets them.",
                  SourceStatus::unusableNotifications)));

  private static final List<Family<Failures>> SOURCE_FAILURES =
      List.of(
          Family.<Failures>counter(
                  "cloudfront_log_source_failures_total",
                  "Looks at this source of logs that failed, by reason (timeout, unreachable,"
                      + " denied, throttled, invalid, bug).",
                  Failures::count)
              .labels(
                  LabelSet.<Failures>of("source", Failures::source)
                      .and("reason", Failures::reason)));

  private LogFamilies() {}

  private static @Nullable Number seconds(@Nullable Instant instant) {
    return instant == null ? null : instant.getEpochSecond();
  }

  private static @Nullable Number success(SourceStatus status) {
    if (status.failure().isPresent()) {
      return 0;
    }
    return status.lastSuccess().isPresent() ? 1 : null;
  }

  static List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>();
    List.of(LOGS, MALFORMED, MISSING, INGEST, UNREADABLE, SOURCES, SOURCE_FAILURES)
        .forEach(all::addAll);
    return all;
  }

  static Snapshot of(View view, IngestStatus ingest) {
    List<Row> logs = new ArrayList<>();
    view.distributions().forEach((name, one) -> logs.add(new Row(name, one.logs())));
    List<Failures> unreadable = new ArrayList<>();
    ingest
        .unreadable()
        .forEach((reason, count) -> unreadable.add(new Failures("", reason.label(), count)));
    List<Failures> failures = new ArrayList<>();
    for (SourceStatus source : ingest.sources()) {
      source
          .failures()
          .forEach(
              (reason, count) -> failures.add(new Failures(source.name(), reason.label(), count)));
    }
    return Snapshot.join(
        List.of(
            Snapshot.of(LOGS, logs),
            Snapshot.of(MALFORMED, Named.rows(view, one -> one.logs().malformed())),
            Snapshot.of(MISSING, Named.rows(view, one -> one.logs().missingColumns())),
            Snapshot.of(INGEST, ingest),
            Snapshot.of(UNREADABLE, unreadable),
            Snapshot.of(SOURCES, ingest.sources()),
            Snapshot.of(SOURCE_FAILURES, failures)));
  }
}
