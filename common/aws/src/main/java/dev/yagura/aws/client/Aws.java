package dev.yagura.aws.client;

import dev.yagura.aws.budget.Budget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The accounts and regions of a configuration, as they are asked. */
public final class Aws implements AutoCloseable {
  private final Map<AccountSettings, AwsAccount> accounts = new LinkedHashMap<>();
  private final AwsUse use;
  private final Budget budget;

  /** Makes what is configured ready; nothing is asked. */
  public Aws(AwsSettings settings, Patience patience, AwsUse use) {
    this.use = use;
    this.budget = new Budget(settings.budgetDollarsPerMonth(), use.meter());
    for (AccountSettings each : settings.accounts()) {
      accounts.put(each, new AwsAccount(each, settings.endpoint(), patience, use));
    }
  }

  /**
   * Each account in each of its regions.
   *
   * @throws IllegalArgumentException if a region is neither set nor found by the SDK's default
   *     chain, which may ask the network; the message says what to do
   */
  public List<AwsPlace> places() {
    List<AwsPlace> places = new ArrayList<>();
    accounts.forEach(
        (settings, account) -> {
          List<String> regions =
              settings.regions().isEmpty() ? List.of(defaultRegion()) : settings.regions();
          regions.forEach(region -> places.add(new AwsPlace(account, region)));
        });
    return places;
  }

  private static String defaultRegion() {
    try {
      return AwsAccount.defaultRegion();
    } catch (SdkClientException e) {
      throw new IllegalArgumentException(
          "no region is known: set AWS_REGION, or regions of aws.accounts", e);
    }
  }

  /** What the whole process shares. */
  public AwsUse use() {
    return use;
  }

  /** What all of it may cost. */
  public Budget budget() {
    return budget;
  }

  /** Each account. */
  public List<AwsAccount> accounts() {
    return List.copyOf(accounts.values());
  }

  /** The account of this name. */
  public Optional<AwsAccount> account(String name) {
    return accounts.values().stream().filter(account -> account.name().equals(name)).findFirst();
  }

  @Override
  public void close() {
    accounts.values().forEach(AwsAccount::close);
  }
}
