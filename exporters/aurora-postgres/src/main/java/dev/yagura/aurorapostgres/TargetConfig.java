package dev.yagura.aurorapostgres;

import dev.yagura.aurorapostgres.session.Address;
import dev.yagura.core.config.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One server to watch.
 *
 * @param name its alias: the label {@code target}, and what {@code /probe} takes
 * @param user in place of the address', where not empty
 * @param password in place of the address'; null to use that
 * @param pauseSafe whether no connection is kept, so that a serverless database can pause
 * @param labels every sample of it carries
 */
public record TargetConfig(
    String name,
    Address address,
    String user,
    @Nullable Secret password,
    boolean pauseSafe,
    Map<String, String> labels) {

  public TargetConfig {
    labels = Map.copyOf(labels);
  }
}
