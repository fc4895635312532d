package dev.yagura.aurorapostgres;

import dev.yagura.core.config.Glob;
import java.util.List;

/**
 * Which databases of a server the per-database scrapers visit, by patterns in which {@code *} is
 * any text and {@code ?} any character.
 *
 * @param include a database is visited if it matches one of these; empty for the connected one only
 * @param exclude and none of these
 */
public record DatabasePatterns(List<String> include, List<String> exclude) {
  private static final DatabasePatterns CONNECTED = new DatabasePatterns(List.of(), List.of());

  public DatabasePatterns {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /** The database of the connection, and no other. */
  public static DatabasePatterns connected() {
    return CONNECTED;
  }

  /** Whether databases other than the connected one are visited. */
  public boolean every() {
    return !include.isEmpty();
  }

  /** Whether this database is visited. */
  public boolean matches(String database) {
    return matchesAny(include, database) && !matchesAny(exclude, database);
  }

  private static boolean matchesAny(List<String> patterns, String database) {
    return patterns.stream().anyMatch(pattern -> new Glob(pattern).matches(database));
  }
}
