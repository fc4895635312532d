package dev.yagura.aurorapostgres;

import dev.yagura.aurorapostgres.session.Address;
import dev.yagura.core.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The targets that postgres_exporter's environment variables name: {@code DATA_SOURCE_NAME}, or
 * {@code DATA_SOURCE_URI}, {@code _USER} and {@code _PASS}, each of these also as {@code _FILE}.
 * The password's file is read again at each connect, the other files once.
 */
final class EnvironmentTargets {
  static final String NONE =
      "nothing to watch: set DATA_SOURCE_NAME=postgresql://user:pass@host:5432/db or list targets";

  private EnvironmentTargets() {}

  /**
   * The targets, none if no variable is set.
   *
   * @throws IllegalArgumentException if a variable or its file cannot be used; no value is shown
   */
  static List<TargetConfig> of(Map<String, String> environment) {
    String names = environment.getOrDefault("DATA_SOURCE_NAME", "").trim();
    List<TargetConfig> targets = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    if (!names.isEmpty()) {
      for (String name : names.split(",\\s*(?=postgres(?:ql)?://|\\w+\\s*=)", -1)) {
        targets.add(target(taken, "DATA_SOURCE_NAME", name, "", null));
      }
      return targets;
    }
    Optional<String> uri = value(environment, "DATA_SOURCE_URI");
    if (uri.isPresent()) {
      String user = value(environment, "DATA_SOURCE_USER").orElse("");
      Secret password =
          Optional.ofNullable(environment.get("DATA_SOURCE_PASS_FILE"))
              .map(file -> Secret.inFile(Path.of(file)))
              .or(() -> Optional.ofNullable(environment.get("DATA_SOURCE_PASS")).map(Secret::of))
              .orElse(null);
      String address = uri.get().contains("://") ? uri.get() : "postgresql://" + uri.get();
      targets.add(target(taken, "DATA_SOURCE_URI", address, user, password));
    }
    return targets;
  }

  private static TargetConfig target(
      Set<String> taken, String variable, String text, String user, @Nullable Secret password) {
    Address address;
    try {
      address = AuroraPostgresConfig.address(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(variable + ": " + e.getMessage(), e);
    }
    String name = address.hostAndPort();
    if (!taken.add(name)) {
      name = name + "/" + address.database();
      taken.add(name);
    }
    return new TargetConfig(name, address, user, password, false, Map.of());
  }

  private static Optional<String> value(Map<String, String> environment, String variable) {
    String file = environment.get(variable + "_FILE");
    if (file == null) {
      return Optional.ofNullable(environment.get(variable)).filter(text -> !text.isBlank());
    }
    try {
      return Optional.of(Files.readString(Path.of(file)).trim());
    } catch (IOException e) {
      throw new IllegalArgumentException(variable + "_FILE: cannot read " + file, e);
    }
  }
}
