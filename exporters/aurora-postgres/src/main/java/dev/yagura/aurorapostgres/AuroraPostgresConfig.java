package dev.yagura.aurorapostgres;

import dev.yagura.aurorapostgres.discovery.Discovery;
import dev.yagura.aurorapostgres.discovery.DiscoverySettings;
import dev.yagura.aurorapostgres.discovery.InsightsSettings;
import dev.yagura.aurorapostgres.scrapers.Catalogue;
import dev.yagura.aurorapostgres.scrapers.Compatibility;
import dev.yagura.aurorapostgres.session.Address;
import dev.yagura.aurorapostgres.session.Connector;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.core.config.Secret;
import dev.yagura.core.config.Section;
import dev.yagura.core.metrics.Names;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The section {@code aurora_postgres} of the configuration.
 *
 * @param discovery which instances of AWS to watch beside the targets
 * @param insights whether and how Performance Insights is asked about what is discovered
 * @param targetLabel whether every sample says which server it is of
 * @param scrapeTimeout a scrape takes no longer, whatever Prometheus would wait
 */
public record AuroraPostgresConfig(
    List<TargetConfig> targets,
    List<DiscoverySettings> discovery,
    InsightsSettings insights,
    DatabasePatterns databases,
    Catalogue.Choice scrapers,
    Compatibility compatibility,
    boolean targetLabel,
    Duration scrapeTimeout) {

  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /** Labels that tell apart what one server shows; a target's own must not be called so. */
  private static final Set<String> TAKEN =
      Set.of("target", "exporter", "scraper", "collector", "reason", "server", "le");

  public AuroraPostgresConfig {
    targets = List.copyOf(targets);
    discovery = List.copyOf(discovery);
  }

  /** The configuration of these targets where no file says more. */
  public static AuroraPostgresConfig of(List<TargetConfig> targets) {
    return new AuroraPostgresConfig(
        targets,
        List.of(),
        InsightsSettings.OFF,
        DatabasePatterns.connected(),
        Catalogue.Choice.defaults(),
        Compatibility.NONE,
        targets.size() > 1,
        DEFAULT_TIMEOUT);
  }

  /** Whether anything is to be asked of AWS. */
  public boolean usesAws() {
    return !discovery.isEmpty();
  }

  /** Whether the environment names a server, rightly or not. */
  public static boolean isIn(Map<String, String> environment) {
    return environment.keySet().stream().anyMatch(name -> name.startsWith("DATA_SOURCE_"));
  }

  /**
   * Reads the section.
   *
   * @param environment gives the targets if the section has none
   * @param aws knows the accounts
   */
  public static AuroraPostgresConfig read(
      Section section, Map<String, String> environment, AwsSettings aws) {
    List<DiscoverySettings> discovery =
        section.list("discovery", entry -> DiscoverySettings.read(entry, aws));
    List<TargetConfig> targets =
        section.has("targets")
            ? section.list("targets", AuroraPostgresConfig::target)
            : EnvironmentTargets.of(environment);
    if (targets.isEmpty() && !section.has("targets") && !section.has("discovery")) {
      section.problem("targets", EnvironmentTargets.NONE);
    }
    var databases =
        section.section(
            "databases",
            patterns ->
                new DatabasePatterns(
                    patterns.texts("include", List.of("*")), patterns.texts("exclude", List.of())),
            DatabasePatterns.connected());
    var choice =
        section.section(
            "collectors",
            collectors -> Catalogue.Choice.read(collectors, databases.every()),
            Catalogue.Choice.defaults(databases.every()));
    var compatibility =
        section.section(
            "compat",
            compat ->
                new Compatibility(
                    compat.flag("server_label", false), compat.flag("pre_0_20_names", false)),
            Compatibility.NONE);
    var insights =
        section.section("performance_insights", InsightsSettings::read, InsightsSettings.OFF);
    if (insights.enabled() && discovery.isEmpty() && !section.has("discovery")) {
      section.problem("performance_insights", "is asked only about what discovery finds");
    }
    boolean several = targets.size() > 1 || !discovery.isEmpty();
    boolean targetLabel = section.flag("target_label", several);
    if (several && !targetLabel) {
      section.problem("target_label", "several targets cannot be told apart without it");
    }
    checkNames(section, targets, choice);
    checkLabels(section, discovery, choice);
    return new AuroraPostgresConfig(
        targets,
        discovery,
        insights,
        databases,
        choice,
        compatibility,
        targetLabel,
        section.duration(
            "scrape_timeout", DEFAULT_TIMEOUT, Duration.ofSeconds(2), Duration.ofMinutes(10)));
  }

  private static TargetConfig target(Section section) {
    Address address =
        section
            .parsed("url", AuroraPostgresConfig::address)
            .orElseGet(
                () -> {
                  if (!section.has("url")) {
                    section.requiredText("url");
                  }
                  return Address.parse("postgresql://localhost");
                });
    Optional<Secret> password = section.secret("password");
    if (password.isPresent() && address.password() != null) {
      section.problem("password", "the url holds a password as well");
    }
    return new TargetConfig(
        section.text("name", address.hostAndPort()),
        address,
        section.text("user", ""),
        password.orElse(null),
        section.flag("pause_safe", false),
        section.textMap("labels"));
  }

  /** An address whose parameters the driver knows. */
  static Address address(String text) {
    Address address = Address.parse(text);
    return new Connector(address, "", null).address();
  }

  private static void checkNames(
      Section section, List<TargetConfig> targets, Catalogue.Choice choice) {
    Set<String> names = new HashSet<>();
    Set<String> taken = taken(choice);
    for (TargetConfig target : targets) {
      if (!names.add(target.name())) {
        section.problem("targets", "two targets are called \"" + target.name() + "\"");
      }
      checkLabels(section, "targets", target.labels().keySet(), taken);
    }
  }

  private static void checkLabels(
      Section section, List<DiscoverySettings> discovery, Catalogue.Choice choice) {
    Set<String> taken = taken(choice);
    taken.addAll(Discovery.LABELS);
    discovery.forEach(each -> checkLabels(section, "discovery", each.labels().keySet(), taken));
  }

  private static Set<String> taken(Catalogue.Choice choice) {
    Set<String> taken = new HashSet<>(TAKEN);
    taken.addAll(choice.labelNames());
    return taken;
  }

  private static void checkLabels(
      Section section, String key, Set<String> labels, Set<String> taken) {
    for (String label : labels) {
      if (!Names.isLabel(label)) {
        section.problem(key, "\"" + label + "\" cannot be the name of a label");
      } else if (taken.contains(label)) {
        section.problem(key, "the label \"" + label + "\" is a metric's own");
      }
    }
  }
}
