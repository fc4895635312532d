package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.scrapers.MixedScraper.Kind;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * Sequences of a database that come near their end, or near the end of the column they fill: an
 * integer column behind a bigint sequence ends first. A cyclic sequence has no end.
 *
 * <p>pg_sequence_last_value() keeps a lock on every sequence it reads until the statement ends, and
 * too many would fill the lock table that everybody shares. So only some are read, those that can
 * end soonest, none that somebody changes, and what was not read is told by its reason.
 */
final class SequencesScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          WITH fed AS (
            SELECT d.objid AS sequence, d.refobjid AS relation, d.refobjsubid AS number
              FROM pg_sequence s
              JOIN pg_depend d
                ON d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.objsubid = 0
               AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
               AND d.deptype IN ('a', 'i')
             UNION ALL
            SELECT d.refobjid, f.adrelid, f.adnum
              FROM pg_sequence s
              JOIN pg_depend d
                ON d.refclassid = 'pg_class'::regclass AND d.refobjid = s.seqrelid
               AND d.classid = 'pg_attrdef'::regclass
              JOIN pg_attrdef f ON f.oid = d.objid),
          room AS (
            SELECT f.sequence,
                   min(CASE a.atttypid WHEN 'int2'::regtype THEN 32767
                                       WHEN 'int4'::regtype THEN 2147483647
                                       ELSE 9223372036854775807 END) AS upper
              FROM fed f
              JOIN pg_attribute a ON a.attrelid = f.relation AND a.attnum = f.number
             GROUP BY f.sequence),
          bounded AS MATERIALIZED (
            SELECT s.seqrelid, s.seqincrement > 0 AS ascending,
                   CASE WHEN s.seqincrement > 0 THEN s.seqmin
                        ELSE greatest(s.seqmin, -1 - r.upper) END::numeric AS lower,
                   CASE WHEN s.seqincrement < 0 THEN s.seqmax
                        ELSE least(s.seqmax, r.upper) END::numeric AS upper,
                   CASE WHEN has_sequence_privilege(s.seqrelid, 'SELECT, USAGE') IS NOT TRUE
                          THEN 'privilege'
                        WHEN c.relpersistence = 'u' AND pg_is_in_recovery() THEN 'recovery'
                        WHEN l.relation IS NOT NULL THEN 'locked' END AS reason
              FROM pg_sequence s
              JOIN pg_class c ON c.oid = s.seqrelid
              LEFT JOIN room r ON r.sequence = s.seqrelid
              LEFT JOIN (SELECT DISTINCT relation
                           FROM pg_locks
                          WHERE locktype = 'relation'
                            AND database = (SELECT oid FROM pg_database
                                             WHERE datname = current_database())
                            AND mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
                                         'AccessExclusiveLock')) l
                ON l.relation = s.seqrelid
             WHERE NOT s.seqcycle AND c.relpersistence <> 't'),
          chosen AS MATERIALIZED (
            SELECT seqrelid, ascending, lower, upper,
                   CASE WHEN reason IS NOT NULL THEN reason
                        WHEN row_number() OVER (PARTITION BY reason
                                                ORDER BY upper - lower, seqrelid) > ?
                          THEN 'limit' END AS reason
              FROM bounded),
          read AS MATERIALIZED (
            SELECT seqrelid, ascending, lower, upper, reason,
                   CASE WHEN reason IS NULL THEN pg_sequence_last_value(seqrelid) END AS last
              FROM chosen),
          used AS MATERIALIZED (
            SELECT seqrelid, reason,
                   (CASE WHEN last IS NULL THEN NULL
                         WHEN upper < lower THEN 1
                         ELSE greatest(0, least(1,
                                (CASE WHEN ascending THEN last - lower ELSE upper - last END + 1)
                                / (upper - lower + 1))) END)::float8 AS ratio
              FROM read),
          near AS (
            SELECT seqrelid, ratio FROM used WHERE ratio > ?
             ORDER BY ratio DESC, seqrelid LIMIT 100)
          SELECT 'sequence' AS kind, current_database()::text AS datname,
                 n.nspname::text AS schemaname, c.relname::text AS sequencename,
                 NULL::text AS reason, u.ratio, NULL::bigint AS sequences, NULL::bigint AS near
            FROM near u
            JOIN pg_class c ON c.oid = u.seqrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
           UNION ALL
          SELECT 'database', current_database()::text, NULL, NULL, NULL,
                 max(ratio), count(*) FILTER (WHERE reason IS NULL),
                 count(*) FILTER (WHERE ratio > ?)
            FROM used
           UNION ALL
          SELECT 'unread', current_database()::text, NULL, NULL, r.reason, NULL, count(u.reason), NULL
            FROM (VALUES ('privilege'), ('recovery'), ('locked'), ('limit')) r (reason)
            LEFT JOIN used u ON u.reason = r.reason
           GROUP BY r.reason
          """);

  private static final List<Family<Row>> BY_SEQUENCE =
      Family.labelled(
          Columns.labels("datname", "schemaname", "sequencename"),
          List.of(
              Columns.gauge(
                  "pg_sequence_used_ratio",
                  "Share of the values that the sequence has handed out, 0 to 1, of those that it"
                      + " and the columns it fills can hold; the 100 fullest above a threshold;"
                      + " from pg_sequence and pg_sequence_last_value().",
                  "ratio")));

  private static final List<Family<Row>> BY_DATABASE =
      Family.labelled(
          Columns.labels("datname"),
          List.of(
              Columns.gauge(
                  "pg_sequences_max_used_ratio",
                  "Share of its values that the fullest sequence of the database has handed out, 0"
                      + " to 1; absent where none was ever used; from pg_sequence_last_value().",
                  "ratio"),
              Columns.gauge(
                  "pg_sequences_read",
                  "Sequences of the database whose last value was read, cyclic and temporary ones"
                      + " left out; from pg_sequence.",
                  "sequences"),
              Columns.gauge(
                  "pg_sequences_near_end",
                  "Sequences of the database above the threshold, shown one by one or not; from"
                      + " pg_sequence_last_value().",
                  "near")));

  private static final List<Family<Row>> UNREAD =
      Family.labelled(
          Columns.labels("datname", "reason"),
          List.of(
              Columns.gauge(
                  "pg_sequences_unread",
                  "Sequences of the database that were not read: for lack of SELECT or USAGE"
                      + " (privilege), unlogged ones of a standby (recovery), as someone changes"
                      + " them (locked), or beyond the number that is read at most (limit); from"
                      + " pg_sequence.",
                  "sequences")));

  private SequencesScraper() {}

  /**
   * Asks about the sequences of the session's database.
   *
   * @param threshold a sequence is shown by name above this ratio
   * @param maxRead sequences read at most, those with the fewest values first
   */
  static PgScraper sequences(double threshold, int maxRead) {
    return MixedScraper.of(
        "sequences",
        SQL,
        List.of(
            Kind.of("sequence", BY_SEQUENCE),
            Kind.of("database", BY_DATABASE),
            Kind.of("unread", UNREAD)),
        maxRead,
        threshold,
        threshold);
  }

  /** As {@link #sequences(double, int)}, from half full on and 500 at most. */
  static PgScraper sequences() {
    return sequences(0.5, 500);
  }
}
