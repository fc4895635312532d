package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.UnsupportedException;
import java.util.ArrayList;
import java.util.List;

/**
 * How far each VACUUM that runs now is, from pg_stat_get_progress_info(). A table of the connected
 * database is named as the server would show it with the default search_path, a table of another
 * database by its OID.
 */
record StatProgressVacuumScraper() implements PgScraper {
  static final PgScraper STAT_PROGRESS_VACUUM = new StatProgressVacuumScraper();

  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT coalesce(d.datname::text, 'unknown') AS datname,
                 coalesce(t.name, v.relid::text) AS relname,
                 v.param1 AS phase,
                 v.param2 AS heap_blks,
                 v.param3 AS heap_blks_scanned,
                 v.param4 AS heap_blks_vacuumed,
                 v.param5 AS index_vacuums,
                 v.param6 AS max_dead_tuples,
                 v.param7 AS num_dead_tuples
            FROM pg_stat_get_progress_info('VACUUM') v
            LEFT JOIN pg_database d ON d.oid = v.datid
            LEFT JOIN LATERAL (
                   SELECT CASE WHEN p.place IS NULL
                                 OR EXISTS (SELECT
                                              FROM pg_class o
                                              JOIN pg_namespace m ON m.oid = o.relnamespace
                                             WHERE o.relname = c.relname
                                               AND array_position(path.names, m.nspname) < p.place)
                               THEN quote_ident(n.nspname) || '.' || quote_ident(c.relname)
                               ELSE quote_ident(c.relname) END AS name
                     FROM pg_class c
                     JOIN pg_namespace n ON n.oid = c.relnamespace
                    CROSS JOIN (SELECT ARRAY['pg_catalog', current_user, 'public'] AS names) path
                    CROSS JOIN LATERAL (
                          SELECT array_position(path.names, n.nspname) AS place) p
                    WHERE c.oid = v.relid AND d.datname = current_database()) t ON true
           WHERE v.relid IS NOT NULL
          """);

  private static final List<String> PHASE_NAMES =
      List.of(
          "initializing",
          "scanning heap",
          "vacuuming indexes",
          "vacuuming heap",
          "cleaning up indexes",
          "truncating heap",
          "performing final cleanup");

  /** One phase that a VACUUM may be in. */
  private record Phase(Row vacuum, int number) {}

  private static final List<Family<Phase>> PHASES =
      List.of(
          Family.<Phase>gauge(
                  "pg_stat_progress_vacuum_phase",
                  "Whether the VACUUM is in this phase, 1 or 0, from pg_stat_get_progress_info().",
                  phase -> phase.vacuum.number("phase", -1) == phase.number ? 1 : 0)
              .labels(
                  LabelSet.<Phase>of("datname", phase -> phase.vacuum.text("datname"))
                      .and("relname", phase -> phase.vacuum.text("relname"))
                      .and("phase", phase -> PHASE_NAMES.get(phase.number))));

  private static final List<Family<Row>> PROGRESS =
      Family.labelled(
          Columns.labels("datname", "relname"),
          List.of(
              gauge("heap_blks", "Blocks of the table when the VACUUM began"),
              gauge("heap_blks_scanned", "Blocks of the table scanned so far"),
              gauge("heap_blks_vacuumed", "Blocks of the table vacuumed so far"),
              gauge("index_vacuums", "Rounds over the indexes done so far"),
              gauge(
                  "max_dead_tuples",
                  "Dead rows that can be remembered before a round over the indexes is due, since"
                      + " PostgreSQL 17 the memory for them in bytes"),
              gauge(
                  "num_dead_tuples",
                  "Dead rows remembered since the last round over the indexes, since PostgreSQL 17"
                      + " the memory they take in bytes")));

  private static Family<Row> gauge(String column, String what) {
    return Columns.gauge(
        "pg_stat_progress_vacuum_" + column, what + ", from pg_stat_get_progress_info().", column);
  }

  @Override
  public String name() {
    return "stat_progress_vacuum";
  }

  @Override
  public List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(PHASES);
    all.addAll(PROGRESS);
    return all;
  }

  @Override
  public Snapshot scrape(PgSession session, Deadline deadline)
      throws ScrapeException, UnsupportedException {
    List<Row> vacuums = session.query(SQL, deadline);
    List<Phase> phases = new ArrayList<>();
    for (Row vacuum : vacuums) {
      if (vacuum.number("phase") != null) {
        for (int i = 0; i < PHASE_NAMES.size(); i++) {
          phases.add(new Phase(vacuum, i));
        }
      }
    }
    return Snapshot.of(PHASES, phases).and(Snapshot.of(PROGRESS, vacuums));
  }
}
