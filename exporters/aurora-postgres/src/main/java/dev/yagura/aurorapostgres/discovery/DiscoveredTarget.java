package dev.yagura.aurorapostgres.discovery;

import dev.yagura.aurorapostgres.session.Address;
import dev.yagura.aws.client.AwsPlace;
import java.util.Map;

/**
 * An instance to watch. Two that are equal are the same server watched in the same way.
 *
 * @param name the label {@code target}: the instance's identifier, with account and region before
 *     it where several are configured, or a configured target is called so
 * @param place where it is
 * @param instanceId DBInstanceIdentifier
 * @param resourceId DbiResourceId: another instance of the same name has another one
 * @param authentication how to log in; with the ARN of a secret in place of what stands for it
 * @param pauseSafe whether no connection is kept
 * @param labels every sample carries: cluster, account and region, and what is configured
 */
public record DiscoveredTarget(
    String name,
    AwsPlace place,
    String instanceId,
    String resourceId,
    Address address,
    Authentication authentication,
    boolean pauseSafe,
    Map<String, String> labels) {

  public DiscoveredTarget {
    labels = Map.copyOf(labels);
  }
}
