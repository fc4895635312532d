package dev.yagura.cloudfront.distributions;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A distribution as {@code ListDistributions} tells of it.
 *
 * @param id as the logs' files are named after it
 * @param domain that CloudFront gave it
 * @param aliases its other domain names, in the order of the API
 * @param version changes with its configuration
 * @param certificateArn of ACM; empty for the default certificate, and for one of IAM
 */
record ListedDistribution(
    String id,
    String domain,
    List<String> aliases,
    String priceClass,
    String httpVersion,
    boolean enabled,
    boolean deployed,
    Instant lastModified,
    String version,
    Optional<String> certificateArn) {

  ListedDistribution {
    aliases = List.copyOf(aliases);
  }

  /** The first alias; empty if it has none. */
  String alias() {
    return aliases.isEmpty() ? "" : aliases.get(0);
  }
}
