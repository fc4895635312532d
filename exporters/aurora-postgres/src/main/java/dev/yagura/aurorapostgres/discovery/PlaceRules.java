package dev.yagura.aurorapostgres.discovery;

import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsAccount;
import dev.yagura.aws.client.AwsPlace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An account and region that is looked at, and the entries of the configuration that hold there.
 *
 * @param settings in the order of the configuration; the first that matches an instance counts
 */
record PlaceRules(AwsPlace place, List<DiscoverySettings> settings) {
  PlaceRules {
    settings = List.copyOf(settings);
  }

  /**
   * Every place that an entry is about, once.
   *
   * @throws IllegalArgumentException if an entry names an account that is not configured, or no
   *     region is known
   */
  static List<PlaceRules> of(List<DiscoverySettings> all, Aws aws) {
    Map<AwsPlace, List<DiscoverySettings>> byPlace = new LinkedHashMap<>();
    for (DiscoverySettings each : all) {
      for (AwsPlace place : places(each, aws)) {
        byPlace.computeIfAbsent(place, made -> new ArrayList<>()).add(each);
      }
    }
    return byPlace.entrySet().stream()
        .map(entry -> new PlaceRules(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static List<AwsPlace> places(DiscoverySettings settings, Aws aws) {
    List<AwsAccount> accounts =
        settings
            .account()
            .map(
                name ->
                    List.of(
                        aws.account(name)
                            .orElseThrow(
                                () ->
                                    new IllegalArgumentException(
                                        "no account of aws.accounts is called \"" + name + "\""))))
            .orElseGet(aws::accounts);
    if (settings.region().isPresent()) {
      String region = settings.region().get();
      return accounts.stream().map(account -> new AwsPlace(account, region)).toList();
    }
    return aws.places().stream().filter(place -> accounts.contains(place.account())).toList();
  }

  /** The shortest interval of the entries. */
  Duration interval() {
    return settings.stream()
        .map(DiscoverySettings::interval)
        .min(Duration::compareTo)
        .orElseThrow();
  }
}
