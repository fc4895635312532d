package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.UnsupportedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The statements with the most execution time since they were first seen, from pg_stat_statements.
 * As with the peer, the least expensive tenth of all statements is not shown. A statement that was
 * called both by clients and by functions has two entries; they are added up here.
 */
final class StatStatementsScraper implements PgScraper {
  /**
   * What to show.
   *
   * @param limit the most statements
   * @param includeQuery whether to show their texts
   * @param queryLength characters of a text
   * @param excludeDatabases names of databases to leave out
   * @param excludeUsers names of users to leave out
   */
  record Options(
      int limit,
      boolean includeQuery,
      int queryLength,
      List<String> excludeDatabases,
      List<String> excludeUsers) {
    static final Options DEFAULTS = new Options(100, false, 120, List.of(), List.of());

    Options {
      excludeDatabases = List.copyOf(excludeDatabases);
      excludeUsers = List.copyOf(excludeUsers);
    }
  }

  /** Passwords stand in clear text in some statements: their text is withheld. */
  private static final VersionedSql SQL =
      VersionedSql.since(
              13,
              """
              WITH statement AS MATERIALIZED (
                SELECT s.dbid, s.userid, s.queryid,
                       sum(s.calls)::bigint AS calls,
                       sum(s.total_exec_time) / 1000 AS seconds,
                       sum(s.rows)::bigint AS rows,
                       sum(s.blk_read_time) / 1000 AS read_seconds,
                       sum(s.blk_write_time) / 1000 AS write_seconds,
                       min(s.query COLLATE "C") AS query
                  FROM @pg_stat_statements@.pg_stat_statements(?) s
                 GROUP BY s.dbid, s.userid, s.queryid
              )
              SELECT pg_get_userbyid(s.userid)::text AS user,
                     d.datname::text AS datname,
                     coalesce(s.queryid::text, 'unknown') AS queryid,
                     s.calls, s.seconds, s.rows, s.read_seconds, s.write_seconds,
                     CASE WHEN s.query !~* '^\\s*(create|alter)' OR s.query !~* 'password'
                          THEN left(s.query, ?) END AS query
                FROM statement s
                JOIN pg_database d ON d.oid = s.dbid
               WHERE s.seconds >= (SELECT percentile_cont(0.1) WITHIN GROUP (ORDER BY seconds)
                                     FROM statement)
                 AND NOT d.datname = ANY (?)
                 AND NOT pg_get_userbyid(s.userid) = ANY (?)
               ORDER BY s.seconds DESC, s.queryid, s.dbid, s.userid
               LIMIT ?
              """)
          .andSince(
              17,
              """
              WITH statement AS MATERIALIZED (
                SELECT s.dbid, s.userid, s.queryid,
                       sum(s.calls)::bigint AS calls,
                       sum(s.total_exec_time) / 1000 AS seconds,
                       sum(s.rows)::bigint AS rows,
                       sum(s.shared_blk_read_time) / 1000 AS read_seconds,
                       sum(s.shared_blk_write_time) / 1000 AS write_seconds,
                       min(s.query COLLATE "C") AS query
                  FROM @pg_stat_statements@.pg_stat_statements(?) s
                 GROUP BY s.dbid, s.userid, s.queryid
              )
              SELECT pg_get_userbyid(s.userid)::text AS user,
                     d.datname::text AS datname,
                     coalesce(s.queryid::text, 'unknown') AS queryid,
                     s.calls, s.seconds, s.rows, s.read_seconds, s.write_seconds,
                     CASE WHEN s.query !~* '^\\s*(create|alter)' OR s.query !~* 'password'
                          THEN left(s.query, ?) END AS query
                FROM statement s
                JOIN pg_database d ON d.oid = s.dbid
               WHERE s.seconds >= (SELECT percentile_cont(0.1) WITHIN GROUP (ORDER BY seconds)
                                     FROM statement)
                 AND NOT d.datname = ANY (?)
                 AND NOT pg_get_userbyid(s.userid) = ANY (?)
               ORDER BY s.seconds DESC, s.queryid, s.dbid, s.userid
               LIMIT ?
              """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("user", "datname", "queryid"),
          List.of(
              counter("calls", "Times the statement was executed", "calls"),
              counter("seconds", "Seconds spent executing the statement", "seconds"),
              counter("rows", "Rows that the statement returned or changed", "rows"),
              counter("block_read_seconds", "Seconds spent reading shared blocks", "read_seconds"),
              counter(
                  "block_write_seconds", "Seconds spent writing shared blocks", "write_seconds")));

  private static final Family<Row> QUERY_ID =
      Family.<Row>counter(
              "pg_stat_statements_query_id",
              "Always 1: the text behind a queryid, constants taken out, from pg_stat_statements.",
              row -> 1)
          .labels(Columns.labels("queryid", "query"));

  private final Options options;

  private StatStatementsScraper(Options options) {
    this.options = options;
  }

  static PgScraper create(Options options) {
    return new StatStatementsScraper(options);
  }

  private static Family<Row> counter(String name, String what, String column) {
    return Columns.counter(
        "pg_stat_statements_" + name + "_total", what + ", from pg_stat_statements.", column);
  }

  @Override
  public String name() {
    return "stat_statements";
  }

  @Override
  public List<? extends Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(FAMILIES);
    all.add(QUERY_ID);
    return all;
  }

  @Override
  public Snapshot scrape(PgSession session, Deadline deadline)
      throws ScrapeException, UnsupportedException {
    List<Row> rows =
        session.query(
            SQL,
            deadline,
            options.includeQuery(),
            options.queryLength(),
            options.excludeDatabases().toArray(String[]::new),
            options.excludeUsers().toArray(String[]::new),
            options.limit());
    return Snapshot.of(FAMILIES, rows).and(Snapshot.of(List.of(QUERY_ID), texts(rows)));
  }

  /** One row a queryid: the same statement of several users has one text. */
  private static List<Row> texts(List<Row> rows) {
    Map<String, Row> texts = new LinkedHashMap<>();
    for (Row row : rows) {
      if (row.text("query") != null) {
        texts.putIfAbsent(row.text("queryid", ""), row);
      }
    }
    return List.copyOf(texts.values());
  }
}
