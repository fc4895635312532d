package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import java.util.List;

/**
 * The statements behind {@code stat_user_tables} and {@code statio_user_tables}. They call the
 * functions that the views of these names call, in one pass over pg_class: where both scrapers run
 * in a session, the first one's answer serves the second.
 *
 * <p>Sizes are those of pg_table_size() and pg_indexes_size(), fork by fork, because a fork that is
 * not there costs as much as one that is. Left out are only forks that cannot be: init but for
 * unlogged relations, vm of any index and of an empty TOAST table, with whose pages it is cut off,
 * and fsm of a B-tree of two pages, which never had a page to give back. No size is asked of a
 * relation that somebody holds or awaits exclusively, alone, with its toast table or with an index
 * of either: that call would wait.
 *
 * <p>A table without an index had no index scan and read no index block, and one without a toast
 * table no toast block: these are true zeros where the views say NULL.
 */
final class UserTables {
  /** Tables by size as VACUUM last saw it; partitioned ones, which hold nothing, come last. */
  static final VersionedSql ALL =
      VersionedSql.since(
          13,
          """
          WITH exclusive AS MATERIALIZED (
            SELECT l.relation
              FROM pg_locks l
              JOIN pg_database d ON d.oid = l.database
             WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock'
               AND d.datname = current_database()
          ), busy AS MATERIALIZED (
            SELECT relation FROM exclusive
             UNION ALL
            SELECT i.indrelid FROM pg_index i JOIN exclusive e ON e.relation = i.indexrelid
          ), user_table AS (
            SELECT c.oid, n.nspname, c.relname, c.reltoastrelid AS toast,
                   c.relkind = 'p' AS partitioned,
                   c.relpersistence = 'u' AS unlogged,
                   c.oid IN (SELECT relation FROM busy)
                     OR c.reltoastrelid IN (SELECT relation FROM busy) AS busy,
                   count(*) OVER () AS tables,
                   count(*) FILTER (WHERE c.relkind <> 'p') OVER () AS stored_tables
              FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE (c.relkind IN ('r', 'm')
                    OR c.relkind = 'p'
                       AND current_setting('server_version_num')::int >= 140000)
               AND n.nspname NOT IN ('pg_catalog', 'information_schema')
               AND n.nspname !~ '^pg_toast'
             ORDER BY c.relkind = 'p', c.relpages DESC, c.oid
             LIMIT ?
          )
          SELECT current_database()::text AS datname,
                 t.nspname::text AS schemaname,
                 t.relname::text AS relname,
                 t.partitioned,
                 t.tables,
                 t.stored_tables,
                 pg_stat_get_numscans(t.oid) AS seq_scan,
                 pg_stat_get_tuples_returned(t.oid) AS seq_tup_read,
                 coalesce(i.scans, 0)::bigint AS idx_scan,
                 coalesce(i.fetched + pg_stat_get_tuples_fetched(t.oid), 0)::bigint AS idx_tup_fetch,
                 pg_stat_get_tuples_inserted(t.oid) AS n_tup_ins,
                 pg_stat_get_tuples_updated(t.oid) AS n_tup_upd,
                 pg_stat_get_tuples_deleted(t.oid) AS n_tup_del,
                 pg_stat_get_tuples_hot_updated(t.oid) AS n_tup_hot_upd,
                 pg_stat_get_live_tuples(t.oid) AS n_live_tup,
                 pg_stat_get_dead_tuples(t.oid) AS n_dead_tup,
                 pg_stat_get_mod_since_analyze(t.oid) AS n_mod_since_analyze,
                 date_part('epoch', pg_stat_get_last_vacuum_time(t.oid)) AS last_vacuum,
                 date_part('epoch', pg_stat_get_last_autovacuum_time(t.oid)) AS last_autovacuum,
                 date_part('epoch', pg_stat_get_last_analyze_time(t.oid)) AS last_analyze,
                 date_part('epoch', pg_stat_get_last_autoanalyze_time(t.oid)) AS last_autoanalyze,
                 pg_stat_get_vacuum_count(t.oid) AS vacuum_count,
                 pg_stat_get_autovacuum_count(t.oid) AS autovacuum_count,
                 pg_stat_get_analyze_count(t.oid) AS analyze_count,
                 pg_stat_get_autoanalyze_count(t.oid) AS autoanalyze_count,
                 CASE WHEN NOT t.busy
                      THEN pg_relation_size(t.oid, 'main')
                           + pg_relation_size(t.oid, 'fsm')
                           + pg_relation_size(t.oid, 'vm')
                           + CASE WHEN t.unlogged THEN pg_relation_size(t.oid, 'init') ELSE 0 END
                           + CASE WHEN t.toast = 0 THEN 0
                                  ELSE i.toast_main
                                       + pg_relation_size(t.toast, 'fsm')
                                       + CASE WHEN i.toast_main = 0 THEN 0
                                              ELSE pg_relation_size(t.toast, 'vm') END
                                       + CASE WHEN t.unlogged
                                              THEN pg_relation_size(t.toast, 'init') ELSE 0 END
                                       + i.toast_size END
                 END AS table_size,
                 i.size::bigint AS index_size,
                 pg_stat_get_blocks_fetched(t.oid) - pg_stat_get_blocks_hit(t.oid)
                   AS heap_blks_read,
                 pg_stat_get_blocks_hit(t.oid) AS heap_blks_hit,
                 coalesce(i.read, 0)::bigint AS idx_blks_read,
                 coalesce(i.hit, 0)::bigint AS idx_blks_hit,
                 pg_stat_get_blocks_fetched(t.toast) - pg_stat_get_blocks_hit(t.toast)
                   AS toast_blks_read,
                 pg_stat_get_blocks_hit(t.toast) AS toast_blks_hit,
                 coalesce(i.toast_read, 0)::bigint AS tidx_blks_read,
                 coalesce(i.toast_hit, 0)::bigint AS tidx_blks_hit
            FROM user_table t

            LEFT JOIN LATERAL (
              SELECT sum(pg_stat_get_numscans(b.indexrelid)) FILTER (WHERE b.own) AS scans,
                     sum(pg_stat_get_tuples_fetched(b.indexrelid)) FILTER (WHERE b.own) AS fetched,
                     sum(b.fetched - b.hit) FILTER (WHERE b.own) AS read,
                     sum(b.hit) FILTER (WHERE b.own) AS hit,
                     sum(b.fetched - b.hit) FILTER (WHERE NOT b.own) AS toast_read,
                     sum(b.hit) FILTER (WHERE NOT b.own) AS toast_hit,
                     sum(b.size) FILTER (WHERE b.own) AS size,
                     sum(b.size) FILTER (WHERE NOT b.own)::bigint AS toast_size,
                     CASE WHEN NOT t.busy AND t.toast <> 0
                          THEN pg_relation_size(t.toast, 'main') END AS toast_main
                FROM (SELECT k.indexrelid, k.own,
                             pg_stat_get_blocks_fetched(k.indexrelid) AS fetched,
                             pg_stat_get_blocks_hit(k.indexrelid) AS hit,
                             k.main
                               + CASE WHEN NOT k.btree AND k.main IS NOT NULL
                                           OR k.main
                                              > (SELECT 2 * current_setting('block_size')::int)
                                      THEN pg_relation_size(k.indexrelid, 'fsm') ELSE 0 END
                               + CASE WHEN t.unlogged AND k.main IS NOT NULL
                                      THEN pg_relation_size(k.indexrelid, 'init') ELSE 0 END AS size
                        FROM (SELECT indexrelid, true AS own,
                                     indclass[0] IN (
                                       SELECT o.oid FROM pg_opclass o
                                         JOIN pg_am a ON a.oid = o.opcmethod
                                          AND a.amname = 'btree')
                                       AS btree,
                                     CASE WHEN NOT t.busy AND indislive
                                          THEN pg_relation_size(indexrelid, 'main') END AS main
                                FROM pg_index
                               WHERE indrelid = t.oid
                               UNION ALL
                              SELECT indexrelid, false, true,
                                     CASE WHEN NOT t.busy AND indislive
                                          THEN pg_relation_size(indexrelid, 'main') END
                                FROM pg_index
                               WHERE indrelid = t.toast
                              OFFSET 0) k
                      OFFSET 0) b) i ON true
          """);

  static final LabelSet<Row> LABELS = Columns.labels("datname", "schemaname", "relname");

  /** How many relations a bound left out of a database. */
  record Omitted(String datname, double count) {
    static Family<Omitted> family(String name, String help) {
      return Family.<Omitted>gauge(name, help, Omitted::count).label("datname", Omitted::datname);
    }

    /** Of as many as a column of every row tells. */
    static Omitted of(PgSession session, List<Row> kept, String total) {
      double all = kept.isEmpty() ? 0 : kept.get(0).number(total, 0);
      return new Omitted(session.server().database(), all - kept.size());
    }
  }

  private UserTables() {}
}
