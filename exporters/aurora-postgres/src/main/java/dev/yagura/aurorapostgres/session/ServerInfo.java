package dev.yagura.aurorapostgres.session;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a server, found once per connection.
 *
 * @param versionNumber as in {@code server_version_num}: 170011 is 17.11
 * @param version the whole text of {@code version()}
 * @param database the one this connection is in
 * @param replica whether it was in recovery when last looked at
 * @param extensions the schema of each extension installed in this database, by the extension's
 *     name
 * @param auroraFunctions the names that {@code aurora_list_builtins()} gave; null where this is not
 *     Aurora
 */
public record ServerInfo(
    int versionNumber,
    String version,
    String database,
    boolean replica,
    Map<String, String> extensions,
    @Nullable Set<String> auroraFunctions) {

  /** The major version: 17. */
  public int major() {
    return versionNumber / 10_000;
  }

  /** Major and minor as postgres_exporter shows them: {@code 17.11.0}. */
  public String shortVersion() {
    return major() + "." + versionNumber % 10_000 + ".0";
  }

  public boolean aurora() {
    return auroraFunctions != null;
  }

  /** Whether this is an Aurora that has this function. */
  public boolean hasAurora(String function) {
    return auroraFunctions != null && auroraFunctions.contains(function);
  }
}
