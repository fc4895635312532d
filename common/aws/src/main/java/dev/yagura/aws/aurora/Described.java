package dev.yagura.aws.aurora;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.Endpoint;
import software.amazon.awssdk.services.rds.model.ServerlessV2ScalingConfigurationInfo;
import software.amazon.awssdk.services.rds.model.Tag;

/** Reads the API's answers into records. */
final class Described {
  private Described() {}

  static AuroraCluster cluster(DBCluster from) {
    Map<String, AuroraRole> members = new HashMap<>();
    for (DBClusterMember member : from.dbClusterMembers()) {
      boolean writes = Boolean.TRUE.equals(member.isClusterWriter());
      members.put(member.dbInstanceIdentifier(), writes ? AuroraRole.WRITER : AuroraRole.READER);
    }
    var secret = from.masterUserSecret();
    return new AuroraCluster(
        from.dbClusterIdentifier(),
        text(from.dbClusterArn()),
        text(from.dbClusterResourceId()),
        text(from.engineVersion()),
        text(from.status()),
        endpoint(from.endpoint(), from.port()),
        endpoint(from.readerEndpoint(), from.port()),
        from.databaseName(),
        tags(from.tagList()),
        members,
        serverless(from.serverlessV2ScalingConfiguration()),
        from.iamDatabaseAuthenticationEnabled(),
        from.backupRetentionPeriod(),
        from.earliestRestorableTime(),
        from.latestRestorableTime(),
        named(from.pendingModifiedValues()),
        from.performanceInsightsEnabled(),
        secret == null ? null : secret.secretArn(),
        from.clusterCreateTime());
  }

  static AuroraInstance instance(DBInstance from, @Nullable AuroraCluster cluster) {
    Endpoint endpoint = from.endpoint();
    var certificate = from.certificateDetails();
    return new AuroraInstance(
        from.dbInstanceIdentifier(),
        text(from.dbInstanceArn()),
        text(from.dbiResourceId()),
        from.dbClusterIdentifier(),
        cluster == null ? null : cluster.members().get(from.dbInstanceIdentifier()),
        from.promotionTier(),
        text(from.engineVersion()),
        text(from.dbInstanceClass()),
        from.availabilityZone(),
        text(from.dbInstanceStatus()),
        endpoint == null ? null : endpoint(endpoint.address(), endpoint.port()),
        tags(from.tagList()),
        from.iamDatabaseAuthenticationEnabled(),
        from.caCertificateIdentifier(),
        certificate == null ? null : certificate.validTill(),
        named(from.pendingModifiedValues()),
        from.performanceInsightsEnabled(),
        from.instanceCreateTime());
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable AuroraEndpoint endpoint(@Nullable String host, @Nullable Integer port) {
    return host == null || host.isEmpty() || port == null ? null : new AuroraEndpoint(host, port);
  }

  private static @Nullable ServerlessCapacity serverless(
      @Nullable ServerlessV2ScalingConfigurationInfo from) {
    return from == null
        ? null
        : new ServerlessCapacity(
            from.minCapacity(), from.maxCapacity(), from.secondsUntilAutoPause());
  }

  private static Map<String, String> tags(List<Tag> from) {
    Map<String, String> tags = new HashMap<>();
    from.forEach(tag -> tags.put(text(tag.key()), text(tag.value())));
    return tags;
  }

  /** The API's names of the members that are there; what they hold may be a password. */
  private static List<String> named(@Nullable SdkPojo from) {
    if (from == null) {
      return List.of();
    }
    return from.sdkFields().stream()
        .filter(field -> isThere(field.getValueOrDefault(from)))
        .map(field -> field.memberName())
        .sorted()
        .toList();
  }

  private static boolean isThere(@Nullable Object value) {
    return value != null && !(value instanceof Collection<?> many && many.isEmpty());
  }
}
