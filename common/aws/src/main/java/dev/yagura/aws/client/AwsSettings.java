package dev.yagura.aws.client;

import dev.yagura.core.config.Section;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The section {@code aws} of the configuration, but for what exporters read in it themselves.
 *
 * @param budgetDollarsPerMonth the most that a month may cost; empty for no bound
 * @param accounts at least one
 * @param endpoint another server than AWS, for all services
 */
public record AwsSettings(
    OptionalDouble budgetDollarsPerMonth, List<AccountSettings> accounts, Optional<URI> endpoint) {

  public AwsSettings {
    accounts = List.copyOf(accounts);
  }

  /** What holds without a section: the SDK's default chain, and no bound. */
  public static AwsSettings defaults() {
    return new AwsSettings(
        OptionalDouble.empty(), List.of(AccountSettings.defaults()), Optional.empty());
  }

  /** Reads the section. */
  public static AwsSettings read(Section section) {
    List<AccountSettings> accounts = section.list("accounts", AccountSettings::read);
    Set<String> names = new HashSet<>();
    for (AccountSettings account : accounts) {
      if (!names.add(account.name())) {
        section.problem("accounts", "two accounts are called \"" + account.name() + "\"");
      }
    }
    OptionalDouble budget =
        section.parsed("budget_dollars_per_month", AwsSettings::dollars).stream()
            .mapToDouble(Double::doubleValue)
            .findFirst();
    Optional<URI> endpoint = section.parsed("endpoint_url", AwsSettings::address);
    return new AwsSettings(
        budget, section.has("accounts") ? accounts : List.of(AccountSettings.defaults()), endpoint);
  }

  private static double dollars(String text) {
    double dollars;
    try {
      dollars = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a number of dollars, not \"" + text + "\"", e);
    }
    if (!(dollars >= 0 && dollars <= 1e6)) {
      throw new IllegalArgumentException("must be from 0 to 1000000, not " + text);
    }
    return dollars;
  }

  private static URI address(String text) {
    URI address = URI.create(text);
    if (address.getHost() == null || !String.valueOf(address.getScheme()).startsWith("http")) {
      throw new IllegalArgumentException("must be an address like http://localhost:4566");
    }
    return address;
  }
}
