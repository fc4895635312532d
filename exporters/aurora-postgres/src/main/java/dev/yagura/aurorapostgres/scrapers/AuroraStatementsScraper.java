package dev.yagura.aurorapostgres.scrapers;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the statements of each database read from, and the most memory one of them took, from
 * {@code aurora_stat_statements(false)}, summed in the server so that no query text is fetched.
 * Rare statements are evicted there and take their counts along: the counters here never fall for
 * it. It remembers the sums, so each target has its own.
 */
final class AuroraStatementsScraper implements PgScraper {
  // Older minors lack the columns of peak memory: a name that the function does not have is then
  // found one level out, where it is NULL.
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT d.datname::text AS datname,
                 sum(s.shared_blks_hit) AS shared_blocks,
                 sum(s.storage_blks_read) AS storage_blocks,
                 sum(s.orcache_blks_hit) AS orcache_blocks,
                 CASE WHEN t.timed OR sum(s.storage_blk_read_time) > 0
                      THEN sum(s.storage_blk_read_time) / 1e3 END AS storage_seconds,
                 CASE WHEN t.timed OR sum(s.orcache_blk_read_time) > 0
                      THEN sum(s.orcache_blk_read_time) / 1e3 END AS orcache_seconds,
                 CASE WHEN t.timed OR sum(s.local_blk_read_time) > 0
                      THEN sum(s.local_blk_read_time) / 1e3 END AS local_seconds,
                 nullif(max(s.max_plan_peakmem), 0) AS plan_peak_bytes,
                 nullif(max(s.max_exec_peakmem), 0) AS exec_peak_bytes
            FROM (VALUES (NULL::bigint, NULL::bigint)) lacking (max_plan_peakmem, max_exec_peakmem)
           CROSS JOIN LATERAL (
                   SELECT dbid, shared_blks_hit, storage_blks_read, orcache_blks_hit,
                          storage_blk_read_time, orcache_blk_read_time, local_blk_read_time,
                          max_plan_peakmem, max_exec_peakmem
                     FROM aurora_stat_statements(false)) s
           CROSS JOIN (SELECT current_setting('track_io_timing')::boolean AS timed) t
            JOIN pg_database d ON d.oid = s.dbid
           GROUP BY d.datname, t.timed
           ORDER BY d.datname
          """);

  private static final List<String> SUMS =
      List.of(
          "shared_blocks",
          "storage_blocks",
          "orcache_blocks",
          "storage_seconds",
          "orcache_seconds",
          "local_seconds");

  private record Total(Row row, Map<String, Double> sums) {}

  private record Sum(String datname, String column) {}

  private static final List<Family<Total>> FAMILIES =
      Family.labelled(
          LabelSet.of("datname", total -> total.row().text("datname")),
          List.of(
              sum(
                  "aurora_statements_shared_blocks_hit_total",
                  "Blocks that the statements found in shared buffers, from shared_blks_hit of"
                      + " aurora_stat_statements(); without statements that were evicted.",
                  "shared_blocks"),
              sum(
                  "aurora_statements_storage_blocks_read_total",
                  "Blocks that the statements read from Aurora's storage, from storage_blks_read of"
                      + " aurora_stat_statements(); without statements that were evicted.",
                  "storage_blocks"),
              sum(
                  "aurora_statements_orcache_blocks_hit_total",
                  "Blocks that the statements found in the optimized reads cache, from"
                      + " orcache_blks_hit of aurora_stat_statements(); without statements that were"
                      + " evicted.",
                  "orcache_blocks"),
              sum(
                  "aurora_statements_storage_read_seconds_total",
                  "Time that the statements read from Aurora's storage, from storage_blk_read_time"
                      + " of aurora_stat_statements(), in seconds; needs track_io_timing.",
                  "storage_seconds"),
              sum(
                  "aurora_statements_orcache_read_seconds_total",
                  "Time that the statements read from the optimized reads cache, from"
                      + " orcache_blk_read_time of aurora_stat_statements(), in seconds; needs"
                      + " track_io_timing.",
                  "orcache_seconds"),
              sum(
                  "aurora_statements_local_read_seconds_total",
                  "Time that the statements read from local files, from local_blk_read_time of"
                      + " aurora_stat_statements(), in seconds; needs track_io_timing.",
                  "local_seconds"),
              Family.gauge(
                  "aurora_statements_plan_peak_memory_bytes",
                  "The most memory that planning one of the statements took, from max_plan_peakmem"
                      + " of aurora_stat_statements(), in bytes; needs pg_stat_statements"
                      + ".track_planning.",
                  total -> total.row().number("plan_peak_bytes")),
              Family.gauge(
                  "aurora_statements_exec_peak_memory_bytes",
                  "The most memory that running one of the statements took, from max_exec_peakmem"
                      + " of aurora_stat_statements(), in bytes.",
                  total -> total.row().number("exec_peak_bytes"))));

  private static final Requirement REQUIREMENT =
      Requirement.auroraFunction("aurora_stat_statements");

  private final NeverFalling<Sum> counters = new NeverFalling<>();

  private AuroraStatementsScraper() {}

  /** One for a target. */
  static PgScraper statements() {
    return new AuroraStatementsScraper();
  }

  private static Family<Total> sum(String name, String help, String column) {
    return Family.counter(name, help, total -> total.sums().get(column));
  }

  @Override
  public String name() {
    return "aurora_statements";
  }

  @Override
  public List<? extends Family<?>> families() {
    return FAMILIES;
  }

  @Override
  public Snapshot scrape(PgSession session, Deadline deadline)
      throws ScrapeException, UnsupportedException {
    REQUIREMENT.check(session.server());
    List<Total> totals = new ArrayList<>();
    Set<Sum> present = new HashSet<>();
    for (Row row : session.query(SQL, deadline)) {
      Map<String, Double> sums = new HashMap<>();
      for (String column : SUMS) {
        Double now = row.number(column);
        if (now != null) {
          var key = new Sum(row.text("datname", ""), column);
          present.add(key);
          sums.put(column, counters.next(key, now));
        }
      }
      totals.add(new Total(row, sums));
    }
    counters.retain(present);
    return Snapshot.of(FAMILIES, totals);
  }
}
