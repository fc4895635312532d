package dev.yagura.cloudfront.distributions;

import dev.yagura.aws.client.AccountSettings;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.core.config.Section;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code cloudfront.discovery} of the configuration.
 *
 * @param accounts whose distributions are listed, by their names; at least one
 * @param interval from one look to the next
 * @param logsExpectedWithin how old the newest request of a distribution may be before its logs are
 *     missed
 */
public record DiscoverySettings(
    List<String> accounts, Duration interval, Duration logsExpectedWithin) {
  static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(10);

  /** CloudFront may be so late. */
  static final Duration DEFAULT_LOGS_WITHIN = Duration.ofHours(24);

  public DiscoverySettings {
    accounts = List.copyOf(accounts);
  }

  /**
   * Reads the section; empty if it says that nothing is to be discovered.
   *
   * @param aws knows the accounts
   */
  public static Optional<DiscoverySettings> read(Section section, AwsSettings aws) {
    List<String> known = aws.accounts().stream().map(AccountSettings::name).toList();
    List<String> accounts = section.texts("accounts", known);
    if (accounts.isEmpty()) {
      section.problem("accounts", "name at least one, or leave it out for all of aws.accounts");
    }
    if (accounts.stream().distinct().count() < accounts.size()) {
      section.problem("accounts", "an account is named twice");
    }
    for (String account : accounts) {
      if (!known.contains(account)) {
        section.problem("accounts", "no account of aws.accounts is called \"" + account + "\"");
      }
    }
    var settings =
        new DiscoverySettings(
            accounts,
            section.duration(
                "interval", DEFAULT_INTERVAL, Duration.ofMinutes(1), Duration.ofDays(1)),
            section.duration(
                "logs_expected_within",
                DEFAULT_LOGS_WITHIN,
                Duration.ofHours(1),
                Duration.ofDays(30)));
    return section.flag("enabled", true) ? Optional.of(settings) : Optional.empty();
  }
}
