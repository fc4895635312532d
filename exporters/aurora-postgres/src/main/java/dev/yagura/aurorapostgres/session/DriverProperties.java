package dev.yagura.aurorapostgres.session;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.postgresql.PGProperty;

/** The driver's properties for an address: the operator's, under those that bound every wait. */
final class DriverProperties {
  /** How libpq calls what the driver calls otherwise. */
  private static final Map<String, String> FROM_LIBPQ =
      Map.of(
          "application_name", PGProperty.APPLICATION_NAME.getName(),
          "target_session_attrs", PGProperty.TARGET_SERVER_TYPE.getName(),
          "channel_binding", PGProperty.CHANNEL_BINDING.getName(),
          "krbsrvname", PGProperty.KERBEROS_SERVER_NAME.getName(),
          "gssencmode", PGProperty.GSS_ENC_MODE.getName());

  /** What libpq has and a scrape has no use for, or bounds by its own deadline. */
  private static final Set<String> IGNORED =
      Set.of("connect_timeout", "fallback_application_name", "client_encoding", "keepalives");

  private static final Map<String, String> KNOWN =
      Arrays.stream(PGProperty.values())
          .map(PGProperty::getName)
          .collect(Collectors.toMap(name -> name.toLowerCase(Locale.ROOT), name -> name));

  /** Where libpq and the driver look for whom to trust. */
  private static final Path DEFAULT_ROOT =
      Path.of(System.getProperty("user.home", ""), ".postgresql", "root.crt");

  private DriverProperties() {}

  /**
   * The operator's own parameters.
   *
   * @throws IllegalArgumentException if one is not known, or given twice, naming it
   */
  static Properties of(Map<String, String> parameters) {
    var properties = new Properties();
    var unknown = new TreeSet<String>();
    parameters.forEach(
        (name, value) -> {
          String driver = FROM_LIBPQ.getOrDefault(name, KNOWN.get(name.toLowerCase(Locale.ROOT)));
          if (driver != null) {
            if (properties.setProperty(driver, forDriver(driver, value)) != null) {
              throw new IllegalArgumentException("given twice: " + name);
            }
          } else if (!IGNORED.contains(name)) {
            unknown.add(name);
          }
        });
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "no such parameter of a connection: " + String.join(", ", unknown));
    }
    String root = properties.getProperty(PGProperty.SSL_ROOT_CERT.getName());
    if ("system".equals(root) || (root == null && !Files.exists(DEFAULT_ROOT))) {
      // As postgres_exporter does without a file: whom the system trusts.
      properties.remove(PGProperty.SSL_ROOT_CERT.getName());
      String mode = properties.getProperty(PGProperty.SSL_MODE.getName(), "");
      if ("system".equals(root) || mode.startsWith("verify")) {
        properties.putIfAbsent(
            PGProperty.SSL_FACTORY.getName(), "org.postgresql.ssl.DefaultJavaSSLFactory");
      }
    }
    return properties;
  }

  private static String forDriver(String driver, String value) {
    if (driver.equals(PGProperty.TARGET_SERVER_TYPE.getName())) {
      return switch (value) {
        case "read-write", "primary" -> "primary";
        case "read-only", "standby" -> "secondary";
        case "prefer-standby" -> "preferSecondary";
        default -> value;
      };
    }
    return value;
  }

  /**
   * Bounds every wait of a dial, so that all of them together end within this time: the answer to
   * the request for TLS, the connection, and each message of the login.
   */
  static void bound(Properties properties, Duration remaining) {
    long seconds = Math.max(1, remaining.toMillis() * 2 / 3 / 1000);
    PGProperty.CONNECT_TIMEOUT.set(properties, Long.toString(seconds));
    PGProperty.SOCKET_TIMEOUT.set(properties, Long.toString(seconds));
    PGProperty.SSL_RESPONSE_TIMEOUT.set(
        properties, Long.toString(Math.max(1, remaining.toMillis() / 3)));
    PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, "1");
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
  }

  /** What holds for every connection unless the operator says otherwise. */
  static Properties defaults() {
    var properties = new Properties();
    PGProperty.APPLICATION_NAME.set(properties, "yagura");
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "13");
    PGProperty.GSS_ENC_MODE.set(properties, "disable");
    // Each statement is the same at every scrape: plan it once, on the second.
    PGProperty.PREPARE_THRESHOLD.set(properties, 2);
    return properties;
  }
}
