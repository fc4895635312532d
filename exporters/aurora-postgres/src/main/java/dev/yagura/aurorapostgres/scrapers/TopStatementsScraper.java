package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.scrapers.TopStatements.Group;
import dev.yagura.aurorapostgres.scrapers.TopStatements.Reading;
import dev.yagura.aurorapostgres.scrapers.TopStatements.ReadingKey;
import dev.yagura.aurorapostgres.scrapers.TopStatements.StatementKey;
import dev.yagura.aurorapostgres.scrapers.TopStatements.Total;
import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.UnsupportedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The statements that took the most time since the last scrape, and all others as {@code
 * queryid="other"}, from pg_stat_statements; {@link TopStatements} divides them. It remembers what
 * it saw, so each target has one of its own.
 */
final class TopStatementsScraper implements PgScraper {
  /**
   * What to show.
   *
   * @param seats the most statements that have series of their own
   * @param patience scrapes in a row that one keeps them without being among the first
   * @param byUser adds the label {@code user}; else the users of a database count as one
   * @param queryLength characters of a statement's text to show; 0 shows none
   */
  record Options(int seats, int patience, boolean byUser, int queryLength) {
    static final Options DEFAULTS = new Options(50, 10, false, 0);
  }

  /** Beyond this the memory of what was seen would be large; the server's default is 5,000. */
  private static final int MAX_ENTRIES = 20_000;

  /** Whole microseconds, so that sums are exact. */
  private static final VersionedSql SQL =
      VersionedSql.since(
              13,
              """
              SELECT d.datname::text AS datname,
                     pg_get_userbyid(s.userid)::text AS user,
                     s.queryid::text AS queryid,
                     true AS toplevel,
                     0 AS since,
                     date_part('epoch', pg_postmaster_start_time()) AS server_start,
                     round(s.total_exec_time * 1000) AS micros,
                     s.calls,
                     s.rows,
                     round(s.blk_read_time * 1000) AS read_micros,
                     round(s.blk_write_time * 1000) AS write_micros
                FROM @pg_stat_statements@.pg_stat_statements(false) s
                JOIN pg_database d ON d.oid = s.dbid
               LIMIT ?
              """)
          .andSince(
              14,
              """
              SELECT d.datname::text AS datname,
                     pg_get_userbyid(s.userid)::text AS user,
                     s.queryid::text AS queryid,
                     s.toplevel,
                     0 AS since,
                     date_part('epoch', pg_postmaster_start_time()) AS server_start,
                     round(s.total_exec_time * 1000) AS micros,
                     s.calls,
                     s.rows,
                     round(s.blk_read_time * 1000) AS read_micros,
                     round(s.blk_write_time * 1000) AS write_micros
                FROM @pg_stat_statements@.pg_stat_statements(false) s
                JOIN pg_database d ON d.oid = s.dbid
               LIMIT ?
              """)
          .andSince(
              17,
              """
              SELECT d.datname::text AS datname,
                     pg_get_userbyid(s.userid)::text AS user,
                     s.queryid::text AS queryid,
                     s.toplevel,
                     date_part('epoch', s.stats_since) AS since,
                     date_part('epoch', pg_postmaster_start_time()) AS server_start,
                     round(s.total_exec_time * 1000) AS micros,
                     s.calls,
                     s.rows,
                     round(s.shared_blk_read_time * 1000) AS read_micros,
                     round(s.shared_blk_write_time * 1000) AS write_micros
                FROM @pg_stat_statements@.pg_stat_statements(false) s
                JOIN pg_database d ON d.oid = s.dbid
               LIMIT ?
              """);

  /** Passwords stand in clear text in some statements, which are nobody's time anyway. */
  private static final VersionedSql TEXTS =
      VersionedSql.since(
          13,
          """
          SELECT s.queryid::text AS queryid, min(left(s.query, ?) COLLATE "C") AS query
            FROM @pg_stat_statements@.pg_stat_statements(true) s
           WHERE s.queryid = ANY (?)
             AND NOT (s.query ~* '^\\s*(create|alter)' AND s.query ~* 'password')
           GROUP BY s.queryid
          """);

  private static final String[] COLUMNS = {
    "micros", "calls", "rows", "read_micros", "write_micros"
  };

  /** A member's text. */
  private record Text(String queryId, String query) {}

  private static final Family<Text> INFO =
      Family.<Text>info(
              "pg_top_statements_info",
              "The text behind a queryid of pg_top_statements, constants taken out, from"
                  + " pg_stat_statements.")
          .labels(LabelSet.of("queryid", Text::queryId).and("query", Text::query));

  private final Options options;
  private final TopStatements top;
  private final List<Family<Total>> families;
  private final Map<String, String> texts = new HashMap<>();

  private TopStatementsScraper(Options options) {
    this.options = options;
    this.top = new TopStatements(options.seats(), options.patience(), COLUMNS.length);
    LabelSet<Total> labels =
        LabelSet.<Total>of("datname", total -> total.group().database())
            .and("queryid", TopStatementsScraper::queryId);
    this.families =
        Family.labelled(
            options.byUser() ? labels.and("user", total -> total.group().user()) : labels,
            List.of(
                counter("seconds", "Seconds spent executing the statement", 0, 1e6),
                counter("calls", "Times the statement was executed", 1, 1),
                counter("rows", "Rows that the statement returned or changed", 2, 1),
                counter("block_read_seconds", "Seconds spent reading shared blocks", 3, 1e6),
                counter("block_write_seconds", "Seconds spent writing shared blocks", 4, 1e6)));
  }

  /** A scraper for one target; its memory begins empty. */
  static PgScraper create(Options options) {
    return new TopStatementsScraper(options);
  }

  private static Family<Total> counter(String name, String what, int column, double unit) {
    return Family.counter(
        "pg_top_statements_" + name + "_total",
        what
            + " since the series began; queryid other is all statements without a series, from"
            + " pg_stat_statements.",
        total -> total.totals()[column] / unit);
  }

  private static String queryId(Total total) {
    return total.queryId() == null ? "other" : total.queryId().toString();
  }

  @Override
  public String name() {
    return "top_statements";
  }

  @Override
  public List<? extends Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(families);
    all.add(INFO);
    return all;
  }

  @Override
  public Snapshot scrape(PgSession session, Deadline deadline)
      throws ScrapeException, UnsupportedException {
    List<Row> rows = session.query(SQL, deadline, MAX_ENTRIES + 1);
    if (rows.size() > MAX_ENTRIES) {
      throw new UnsupportedException(
          "needs pg_stat_statements to hold no more than " + MAX_ENTRIES + " statements");
    }
    double start = rows.isEmpty() ? Double.NaN : rows.get(0).number("server_start", Double.NaN);
    Snapshot snapshot = Snapshot.of(families, top.look(start, entries(rows)));
    return options.queryLength() > 0
        ? snapshot.and(Snapshot.of(List.of(INFO), texts(session, deadline)))
        : snapshot;
  }

  private List<Reading> entries(List<Row> rows) throws ScrapeException {
    Map<ReadingKey, Reading> entries = new HashMap<>(rows.size() * 2);
    for (Row row : rows) {
      String queryId = row.text("queryid");
      if (queryId == null) {
        throw new ScrapeException(
            FailureReason.DENIED, "statements of other users are hidden; grant pg_monitor");
      }
      var group = new Group(row.text("datname", ""), row.text("user", ""));
      var key = new StatementKey(group, Long.parseLong(queryId));
      var entryKey = new ReadingKey(key, row.number("toplevel", 1) == 1);
      entries.put(entryKey, new Reading(entryKey, row.number("since", 0), totals(row)));
    }
    return List.copyOf(entries.values());
  }

  private static long[] totals(Row row) {
    long[] totals = new long[COLUMNS.length];
    for (int i = 0; i < totals.length; i++) {
      totals[i] = (long) row.number(COLUMNS[i], 0);
    }
    return totals;
  }

  /** Texts are asked for once a member; reading them makes the server read its file of texts. */
  private List<Text> texts(PgSession session, Deadline deadline)
      throws ScrapeException, UnsupportedException {
    List<String> members =
        top.members().stream().map(key -> Long.toString(key.queryId())).distinct().toList();
    texts.keySet().retainAll(members);
    Long[] unknown =
        members.stream()
            .filter(id -> !texts.containsKey(id))
            .map(Long::valueOf)
            .toArray(Long[]::new);
    if (unknown.length > 0) {
      for (Row row : session.query(TEXTS, deadline, options.queryLength(), unknown)) {
        texts.put(row.text("queryid", ""), row.text("query", ""));
      }
    }
    return texts.entrySet().stream()
        .map(entry -> new Text(entry.getKey(), entry.getValue()))
        .collect(Collectors.toList());
  }
}
