package dev.yagura.aurorapostgres.scrapers;

import static java.util.Comparator.comparingDouble;

import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.aurorapostgres.session.Requirement;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.UnsupportedException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The members of an Aurora cluster, who writes, and how far the readers are behind, from {@code
 * aurora_replica_status()}. Any member tells of all. A member that died stays listed with its last
 * words: of a report older than five minutes only the age is shown. The member that is asked has no
 * age since 13.9, and is current. It remembers the writer, so each target has its own.
 */
final class AuroraReplicaStatusScraper implements PgScraper {
  // Transaction ids are compared in 32 bits, so that a wrong epoch cannot make an age of billions;
  // below 3 they mean that the reader sends no feedback.
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT s.server_id::text AS server_id,
                 CASE WHEN s.session_id::text = 'MASTER_SESSION_ID'
                      THEN 'writer' ELSE 'reader' END AS role,
                 extract(epoch FROM a.age) AS report_age_seconds,
                 coalesce(a.age <= interval '300 s', true) AS is_current,
                 s.replica_lag_in_msec / 1e3 AS lag_seconds,
                 s.cur_replay_latency_in_usec / 1e6 AS replay_latency_seconds,
                 CASE WHEN f.xmin >= 3
                      THEN greatest(0, (f.next - f.xmin + 6442450944) % 4294967296 - 2147483648)
                  END AS feedback_xmin_age,
                 s.pending_read_ios AS pending_reads,
                 s.read_ios AS reads,
                 s.cpu / 1e2 AS cpu_ratio,
                 s.active_txns AS active_transactions,
                 s.log_stream_speed_in_kib_per_second * 1024 AS log_stream_bytes_per_second
            FROM aurora_replica_status() s
           CROSS JOIN LATERAL (
                   SELECT statement_timestamp() - s.last_update_timestamp::timestamptz AS age) a
           CROSS JOIN LATERAL (
                   SELECT s.feedback_xmin::text::bigint AS xmin,
                          pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next) f
           ORDER BY s.server_id
          """);

  private static final List<Family<Row>> MEMBERS =
      Family.labelled(
          Columns.labels("server_id"),
          List.of(
              Columns.gauge(
                  "aurora_replica_report_age_seconds",
                  "Age of what the cluster knows of this member, from last_update_timestamp of"
                      + " aurora_replica_status(), in seconds; none for the member that was asked.",
                  "report_age_seconds")));

  private static final List<Family<Row>> ROLES =
      Family.labelled(
          Columns.labels("server_id", "role"),
          List.of(
              Family.info(
                  "aurora_replica_info",
                  "A member of the cluster and its role, writer or reader, from session_id of"
                      + " aurora_replica_status().")));

  private static final List<Family<Row>> CURRENT =
      Family.labelled(
          Columns.labels("server_id"),
          List.of(
              Columns.gauge(
                  "aurora_replica_lag_seconds",
                  "How far the reader's pages are behind the writer's, from replica_lag_in_msec of"
                      + " aurora_replica_status(), in seconds; the writer has none.",
                  "lag_seconds"),
              Columns.gauge(
                  "aurora_replica_replay_latency_seconds",
                  "Time that replaying the log on the reader is expected to take, from"
                      + " cur_replay_latency_in_usec of aurora_replica_status(), in seconds.",
                  "replay_latency_seconds"),
              Columns.gauge(
                  "aurora_replica_feedback_xmin_age_transactions",
                  "Transactions since the oldest one that the reader still needs, and that vacuum"
                      + " may not clean up behind, from feedback_xmin of aurora_replica_status().",
                  "feedback_xmin_age"),
              Columns.gauge(
                  "aurora_replica_pending_reads",
                  "Page reads that the reader waits for now, from pending_read_ios of"
                      + " aurora_replica_status().",
                  "pending_reads"),
              Columns.counter(
                  "aurora_replica_reads_total",
                  "Pages that the reader read, from read_ios of aurora_replica_status().",
                  "reads"),
              Columns.gauge(
                  "aurora_replica_process_cpu_ratio",
                  "Share of a CPU that the replication process of the member uses, not the member"
                      + " itself, from cpu of aurora_replica_status(), 0 to 1.",
                  "cpu_ratio"),
              Columns.gauge(
                  "aurora_replica_active_transactions",
                  "Transactions that are active on the member, from active_txns of"
                      + " aurora_replica_status().",
                  "active_transactions"),
              Columns.gauge(
                  "aurora_replica_log_stream_bytes_per_second",
                  "Log that the member receives or sends, from log_stream_speed_in_kib_per_second"
                      + " of aurora_replica_status(), in bytes per second.",
                  "log_stream_bytes_per_second")));

  private record Members(String role, long count) {}

  private static final List<Family<Members>> COUNTS =
      Family.labelled(
          LabelSet.of("role", Members::role),
          List.of(
              Family.gauge(
                  "aurora_cluster_instances",
                  "Members with a report of the last five minutes, by role, counted in"
                      + " aurora_replica_status().",
                  Members::count)));

  private record Writer(long changes, double missingSeconds) {}

  private static final List<Family<Writer>> WRITER =
      List.of(
          Family.counter(
              "aurora_cluster_writer_changes_total",
              "How often another member was the writer than the time before, as seen in"
                  + " aurora_replica_status() since this exporter started.",
              Writer::changes),
          Family.gauge(
              "aurora_cluster_writer_missing_seconds",
              "Time since aurora_replica_status() last showed a writer, in seconds; 0 while there"
                  + " is one, and since the first look where there never was.",
              Writer::missingSeconds));

  private static final Requirement REQUIREMENT =
      Requirement.auroraFunction("aurora_replica_status");

  /** The member that is asked tells no age, and is newer than any that tells one. */
  private static final double ASKED_ITSELF = Double.NEGATIVE_INFINITY;

  private final LongSupplier nanoClock;
  private final AtomicReference<@Nullable AuroraWriterHistory> history = new AtomicReference<>();

  private AuroraReplicaStatusScraper(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** One for a target. */
  static PgScraper replicaStatus(LongSupplier nanoClock) {
    return new AuroraReplicaStatusScraper(nanoClock);
  }

  @Override
  public String name() {
    return "aurora_replica_status";
  }

  @Override
  public List<? extends Family<?>> families() {
    return Stream.of(MEMBERS, ROLES, CURRENT, COUNTS, WRITER).flatMap(List::stream).toList();
  }

  @Override
  public Snapshot scrape(PgSession session, Deadline deadline)
      throws ScrapeException, UnsupportedException {
    REQUIREMENT.check(session.server());
    List<Row> members = session.query(SQL, deadline);
    List<Row> current = members.stream().filter(row -> row.number("is_current", 0) == 1).toList();
    List<Row> writers = current.stream().filter(row -> isRole(row, "writer")).toList();
    Writer writer = look(newest(writers));
    return Snapshot.join(
        List.of(
            Snapshot.of(MEMBERS, members),
            Snapshot.of(ROLES, current),
            Snapshot.of(CURRENT, current),
            Snapshot.of(
                COUNTS,
                List.of(
                    new Members("reader", current.size() - writers.size()),
                    new Members("writer", writers.size()))),
            Snapshot.of(WRITER, writer)));
  }

  /** During a failover the old writer may still be listed as one: who was heard of last is it. */
  private static @Nullable String newest(List<Row> writers) {
    return writers.stream()
        .min(comparingDouble(row -> row.number("report_age_seconds", ASKED_ITSELF)))
        .map(row -> row.text("server_id", ""))
        .orElse(null);
  }

  private static boolean isRole(Row row, String role) {
    return role.equals(row.text("role"));
  }

  private Writer look(@Nullable String found) {
    long now = nanoClock.getAsLong();
    AuroraWriterHistory seen =
        history.updateAndGet(
            before -> (before == null ? AuroraWriterHistory.begin(now) : before).look(found, now));
    return new Writer(seen.changes(), seen.secondsWithoutWriter(now));
  }
}
