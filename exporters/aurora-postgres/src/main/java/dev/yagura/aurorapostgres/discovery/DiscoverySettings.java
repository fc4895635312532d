package dev.yagura.aurorapostgres.discovery;

import dev.yagura.aurorapostgres.session.Address;
import dev.yagura.aurorapostgres.session.Connector;
import dev.yagura.aws.aurora.AuroraCluster;
import dev.yagura.aws.aurora.AuroraInstance;
import dev.yagura.aws.client.AccountSettings;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.core.config.Glob;
import dev.yagura.core.config.Secret;
import dev.yagura.core.config.Section;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code aurora_postgres.discovery}: which instances to watch, and how.
 *
 * @param tags an instance or its cluster has all of these
 * @param name of an instance or its cluster; empty for any
 * @param exclude but not one that itself, or whose cluster, is called like one of these
 * @param account of {@code aws.accounts}; empty for each of them
 * @param region empty for those of the account
 * @param database to connect to
 * @param parameters of the connection, {@code sslmode} among them
 * @param pauseSafe whether no connection is kept; empty to keep one, and to leave alone an instance
 *     that may pause
 * @param labels every sample carries
 * @param interval from one look at the API to the next
 */
public record DiscoverySettings(
    Map<String, String> tags,
    Optional<Glob> name,
    List<Glob> exclude,
    Optional<String> account,
    Optional<String> region,
    Authentication authentication,
    String database,
    Map<String, String> parameters,
    Optional<Boolean> pauseSafe,
    Map<String, String> labels,
    Duration interval) {
  private static final String SSL_MODE = "sslmode";
  private static final String STRICTEST = "verify-full";
  private static final Set<String> ENCRYPTED = Set.of("require", "verify-ca", STRICTEST);
  private static final Pattern SECRET_ARN =
      Pattern.compile("arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:\\S+");
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(60);

  public DiscoverySettings {
    tags = Map.copyOf(tags);
    exclude = List.copyOf(exclude);
    parameters = Map.copyOf(parameters);
    labels = Map.copyOf(labels);
  }

  /**
   * Reads one entry.
   *
   * @param aws knows the accounts
   */
  public static DiscoverySettings read(Section section, AwsSettings aws) {
    Authentication authentication = authentication(section);
    return new DiscoverySettings(
        section.textMap("tags"),
        section.parsed("name", Glob::new),
        section.texts("exclude", List.of()).stream().map(Glob::new).toList(),
        section.parsed("account", name -> account(name, aws)),
        section.parsed("region", DiscoverySettings::region),
        authentication,
        section.text("database", "postgres"),
        parameters(section, authentication instanceof Authentication.Iam),
        section.flag("pause_safe"),
        section.textMap("labels"),
        section.duration(
            "interval", DEFAULT_INTERVAL, Duration.ofSeconds(10), Duration.ofHours(1)));
  }

  private static String account(String name, AwsSettings aws) {
    if (aws.accounts().stream().noneMatch(account -> account.name().equals(name))) {
      throw new IllegalArgumentException("no account of aws.accounts is called \"" + name + "\"");
    }
    return name;
  }

  private static String region(String text) {
    if (!AccountSettings.isRegion(text)) {
      throw new IllegalArgumentException("is no region, such as ap-northeast-1");
    }
    return text;
  }

  private static Authentication authentication(Section section) {
    String way =
        section
            .parsed(
                "auth",
                text -> {
                  if (!Set.of("iam", "password", "secret").contains(text)) {
                    throw new IllegalArgumentException("must be iam, password or secret");
                  }
                  return text;
                })
            .orElse("iam");
    String user = section.text("user", "");
    Optional<Secret> password = section.secret("password");
    Optional<String> arn = section.parsed("secret_arn", DiscoverySettings::secretArn);
    boolean managed =
        section
            .parsed(
                "secret",
                text -> {
                  if (!text.equals("managed")) {
                    throw new IllegalArgumentException(
                        "must be managed; name others by secret_arn");
                  }
                  return true;
                })
            .isPresent();
    if (!way.equals("password") && (section.has("password") || section.has("password_file"))) {
      section.problem("password", "is of no use without auth: password");
    }
    if (!way.equals("secret") && (section.has("secret_arn") || section.has("secret"))) {
      section.problem("auth", "must be secret where a secret is named");
    }
    if (!way.equals("secret") && user.isEmpty()) {
      section.problem("user", "required, but missing");
    }
    return switch (way) {
      case "password" -> {
        if (password.isEmpty() && !section.has("password") && !section.has("password_file")) {
          section.problem("password", "required, but missing");
        }
        yield new Authentication.Password(user, password.orElseGet(() -> Secret.of("")));
      }
      case "secret" -> {
        if (section.has("secret_arn") == section.has("secret")) {
          section.problem("secret_arn", "give either secret_arn or secret: managed");
        }
        yield managed
            ? new Authentication.MasterSecret(user)
            : new Authentication.InSecret(user, arn.orElse(""));
      }
      default -> new Authentication.Iam(user);
    };
  }

  private static String secretArn(String text) {
    if (!SECRET_ARN.matcher(text).matches()) {
      throw new IllegalArgumentException("is not the ARN of a secret");
    }
    return text;
  }

  private static Map<String, String> parameters(Section section, boolean iam) {
    Map<String, String> parameters = new HashMap<>();
    Set<String> seen = new HashSet<>();
    section
        .textMap("parameters")
        .forEach(
            (name, value) -> {
              // As the driver's names are looked up: whatever the case.
              String lower = name.toLowerCase(Locale.ROOT);
              if (!seen.add(lower)) {
                section.problem("parameters", name + " is given twice");
              }
              parameters.put(lower.equals(SSL_MODE) ? SSL_MODE : name, value);
            });
    section
        .text(SSL_MODE)
        .ifPresent(
            mode -> {
              if (seen.contains(SSL_MODE)) {
                section.problem(SSL_MODE, "is given twice, here and in parameters");
              }
              parameters.put(SSL_MODE, mode);
            });
    parameters.putIfAbsent(SSL_MODE, STRICTEST);
    if (iam && !ENCRYPTED.contains(parameters.get(SSL_MODE))) {
      section.problem(
          SSL_MODE, "a token is sent as it is: require, verify-ca or verify-full, no less");
    }
    try {
      new Connector(address("localhost:5432", "", parameters), "", null).address();
    } catch (IllegalArgumentException e) {
      section.problem("parameters", String.valueOf(e.getMessage()));
    }
    return parameters;
  }

  private static Address address(
      String hostAndPort, String database, Map<String, String> parameters) {
    return new Address(List.of(hostAndPort), database, "", null, parameters);
  }

  /** Where to connect to. */
  Address address(String hostAndPort) {
    return address(hostAndPort, database, parameters);
  }

  /**
   * Whether an instance is to be watched.
   *
   * @param cluster its own; null if that is not known
   */
  boolean matches(AuroraInstance instance, @Nullable AuroraCluster cluster) {
    boolean named = name.isEmpty() || isCalled(instance, name.get());
    return named
        && exclude.stream().noneMatch(pattern -> isCalled(instance, pattern))
        && tags.entrySet().stream()
            .allMatch(
                tag ->
                    tag.getValue().equals(instance.tags().get(tag.getKey()))
                        || (cluster != null
                            && tag.getValue().equals(cluster.tags().get(tag.getKey()))));
  }

  private static boolean isCalled(AuroraInstance instance, Glob pattern) {
    return pattern.matches(instance.id()) || pattern.matches(instance.clusterId());
  }
}
