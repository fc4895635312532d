package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Requirement;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * Time that sessions waited, by what for, from {@code aurora_stat_system_waits()}: the load of the
 * instance without sampling. Left out is what waits for work: the class Activity, and Client:
 * ClientRead. The events are constants of the server's program, a few hundred of which only those
 * that occurred are told, so the series are bounded without a top list; a top list of counters
 * would make the rest fall whenever an event climbs into it.
 */
final class AuroraWaitsScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT n.type AS type,
                 n.event AS event,
                 sum(w.waits) AS waits,
                 sum(w.wait_time) / 1e6 AS seconds
            FROM aurora_stat_system_waits() w
            LEFT JOIN aurora_stat_wait_type() t ON t.type_id = w.type_id
            LEFT JOIN aurora_stat_wait_event() e
              ON e.type_id = w.type_id AND e.event_id = w.event_id
           CROSS JOIN LATERAL (SELECT coalesce(t.type_name::text, 'unknown') AS type,
                                      coalesce(e.event_name::text, 'unknown') AS event) n
           WHERE n.type <> 'Activity' AND NOT (n.type = 'Client' AND n.event = 'ClientRead')
           GROUP BY n.type, n.event
           ORDER BY n.type, n.event
          """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("type", "event"),
          List.of(
              Columns.counter(
                  "aurora_wait_seconds_total",
                  "Time that sessions of this instance waited, idle ones left out, by event, from"
                      + " wait_time of aurora_stat_system_waits(), in seconds; its rate is the"
                      + " average number of sessions that wait.",
                  "seconds"),
              Columns.counter(
                  "aurora_waits_total",
                  "How often sessions of this instance waited, idle ones left out, by event, from"
                      + " waits of aurora_stat_system_waits().",
                  "waits")));

  static final PgScraper WAITS =
      SqlScraper.of("aurora_waits", SQL, FAMILIES)
          .requires(Requirement.auroraFunction("aurora_stat_system_waits"))
          .requires(Requirement.auroraFunction("aurora_stat_wait_type"))
          .requires(Requirement.auroraFunction("aurora_stat_wait_event"));

  private AuroraWaitsScraper() {}
}
