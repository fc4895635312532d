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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The server's parameters that are numbers or switches, in seconds and bytes, from pg_settings: a
 * family each, made when its parameter is first seen. Of parameters that would have the same name
 * the first is shown; one whose value or unit cannot be read is not.
 */
final class SettingsScraper implements PgScraper {
  /**
   * What this session has set for itself is shown as it was before. A session that is read-only by
   * default is so in each transaction as well.
   */
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT name,
                 unit,
                 vartype,
                 CASE WHEN source = 'session' THEN reset_val
                      WHEN name = 'transaction_read_only' AND NOT pg_is_in_recovery()
                      THEN max(reset_val) FILTER (WHERE name = 'default_transaction_read_only')
                           OVER ()
                      ELSE setting END AS setting
            FROM pg_settings
           WHERE vartype IN ('bool', 'integer', 'real')
          """);

  static final String PREFIX = "pg_settings_";

  /** More parameters than any server has; those beyond are made anew with each scrape. */
  private static final int REMEMBERED = 4096;

  /** The name ends in an underscore: it stands for all that begin with it. */
  private static final List<Family<Map<String, Double>>> DECLARED =
      List.of(
          Family.gauge(
              PREFIX,
              "A server parameter, a switch as 1 or 0; its name follows, with an underscore for"
                  + " each dot and hyphen, then _seconds or _bytes where it has a unit, from"
                  + " pg_settings.",
              values -> null));

  private static final LabelSet<Map<String, Double>> NO_LABELS = LabelSet.none();

  static final SettingsScraper SETTINGS = new SettingsScraper();

  private final Map<Setting.Key, Family<Map<String, Double>>> families = new ConcurrentHashMap<>();

  private SettingsScraper() {}

  @Override
  public String name() {
    return "settings";
  }

  @Override
  public List<Family<Map<String, Double>>> families() {
    return DECLARED;
  }

  @Override
  public Snapshot scrape(PgSession session, Deadline deadline)
      throws ScrapeException, UnsupportedException {
    return snapshot(session.query(SQL, deadline));
  }

  Snapshot snapshot(List<Row> rows) {
    Map<String, Double> values = new HashMap<>();
    List<Family<Map<String, Double>>> seen = new ArrayList<>();
    for (Row row : rows) {
      Setting setting = Setting.of(row);
      if (setting != null && values.putIfAbsent(setting.key().family(), setting.value()) == null) {
        seen.add(family(setting.key()));
      }
    }
    return Snapshot.of(seen, values);
  }

  private Family<Map<String, Double>> family(Setting.Key key) {
    Family<Map<String, Double>> known = families.get(key);
    if (known != null) {
      return known;
    }
    String name = key.family();
    Family<Map<String, Double>> made =
        Family.<Map<String, Double>>gauge(name, key.help(), values -> values.get(name))
            .labels(NO_LABELS);
    if (families.size() < REMEMBERED) {
      families.put(key, made);
    }
    return made;
  }
}
