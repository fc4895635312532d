package dev.yagura.ecs.api;

import dev.yagura.ecs.inventory.Cluster;
import dev.yagura.ecs.inventory.Container;
import dev.yagura.ecs.inventory.Deployment;
import dev.yagura.ecs.inventory.Service;
import dev.yagura.ecs.inventory.ServiceDeployment;
import dev.yagura.ecs.inventory.ServiceEvent;
import dev.yagura.ecs.inventory.Task;
import dev.yagura.ecs.inventory.TaskDefinitionName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkInterface;
import software.amazon.awssdk.services.ecs.model.Tag;

/** Reads the API's answers into records; codes as texts, as AWS has ones that the SDK has not. */
final class Mapping {
  private static final String INTERFACE = "ElasticNetworkInterface";
  private static final String PRIVATE_IP = "privateIPv4Address";
  private static final String IPV6 = "ipv6Address";

  private Mapping() {}

  static Cluster cluster(software.amazon.awssdk.services.ecs.model.Cluster from) {
    return new Cluster(
        from.clusterArn(),
        from.clusterName(),
        from.activeServicesCount(),
        from.runningTasksCount(),
        from.pendingTasksCount(),
        from.registeredContainerInstancesCount());
  }

  static Service service(software.amazon.awssdk.services.ecs.model.Service from, String cluster) {
    return new Service(
        from.serviceArn(),
        from.serviceName(),
        cluster,
        text(from.status()),
        from.desiredCount(),
        from.runningCount(),
        from.pendingCount(),
        from.createdAt(),
        from.deployments().stream().map(Mapping::deployment).toList(),
        from.events().stream()
            .filter(event -> event.createdAt() != null)
            .map(
                event ->
                    new ServiceEvent(text(event.id()), event.createdAt(), text(event.message())))
            .toList(),
        targetGroups(from),
        from.currentServiceDeployment(),
        tags(from.tags()));
  }

  /** Also those of task sets, and the one that the next blue/green deployment goes to. */
  private static List<String> targetGroups(software.amazon.awssdk.services.ecs.model.Service from) {
    return Stream.concat(
            from.loadBalancers().stream(),
            from.taskSets().stream().flatMap(set -> set.loadBalancers().stream()))
        .flatMap(Mapping::targetGroups)
        .distinct()
        .toList();
  }

  private static Stream<String> targetGroups(LoadBalancer from) {
    var advanced = from.advancedConfiguration();
    return Stream.concat(
        Stream.ofNullable(from.targetGroupArn()),
        Stream.ofNullable(advanced == null ? null : advanced.alternateTargetGroupArn()));
  }

  private static Deployment deployment(software.amazon.awssdk.services.ecs.model.Deployment from) {
    return new Deployment(
        text(from.id()),
        text(from.status()),
        from.rolloutStateAsString(),
        TaskDefinitionName.of(text(from.taskDefinition())),
        from.desiredCount(),
        from.runningCount(),
        from.pendingCount(),
        from.failedTasks(),
        from.createdAt(),
        from.updatedAt());
  }

  static Task task(software.amazon.awssdk.services.ecs.model.Task from, String cluster) {
    return new Task(
        from.taskArn(),
        cluster,
        TaskDefinitionName.of(text(from.taskDefinitionArn())),
        from.group(),
        from.startedBy(),
        from.version() == null ? 0 : from.version(),
        from.lastStatus(),
        from.desiredStatus(),
        from.healthStatusAsString(),
        from.launchTypeAsString(),
        from.capacityProviderName(),
        from.availabilityZone(),
        from.createdAt(),
        from.pullStartedAt(),
        from.pullStoppedAt(),
        from.startedAt(),
        from.stoppingAt(),
        from.stoppedAt(),
        from.stopCodeAsString(),
        from.stoppedReason(),
        from.containers().stream().map(Mapping::container).toList(),
        privateIp(from),
        from.containerInstanceArn(),
        tags(from.tags()));
  }

  private static Container container(software.amazon.awssdk.services.ecs.model.Container from) {
    return new Container(
        text(from.name()),
        from.lastStatus(),
        from.healthStatusAsString(),
        from.exitCode(),
        from.reason(),
        from.imageDigest(),
        from.networkBindings().stream()
            .filter(binding -> binding.containerPort() != null && binding.hostPort() != null)
            .map(binding -> new Container.Binding(binding.containerPort(), binding.hostPort()))
            .toList());
  }

  /** The one of IPv4 where there are both; only a task without has the one of IPv6. */
  private static @Nullable String privateIp(software.amazon.awssdk.services.ecs.model.Task from) {
    return Stream.of(
            attached(from, PRIVATE_IP),
            ofContainers(from, NetworkInterface::privateIpv4Address),
            attached(from, IPV6),
            ofContainers(from, NetworkInterface::ipv6Address))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(null);
  }

  private static Optional<String> attached(
      software.amazon.awssdk.services.ecs.model.Task from, String name) {
    return from.attachments().stream()
        .filter(attachment -> INTERFACE.equals(attachment.type()))
        .flatMap(attachment -> attachment.details().stream())
        .filter(detail -> name.equals(detail.name()))
        .map(KeyValuePair::value)
        .filter(Mapping::isThere)
        .findFirst();
  }

  private static Optional<String> ofContainers(
      software.amazon.awssdk.services.ecs.model.Task from,
      Function<NetworkInterface, @Nullable String> address) {
    return from.containers().stream()
        .flatMap(container -> container.networkInterfaces().stream())
        .map(address)
        .filter(Mapping::isThere)
        .findFirst();
  }

  private static boolean isThere(@Nullable String text) {
    return text != null && !text.isEmpty();
  }

  static ServiceDeployment serviceDeployment(
      software.amazon.awssdk.services.ecs.model.ServiceDeployment from) {
    var breaker = from.deploymentCircuitBreaker();
    var alarms = from.alarms();
    return new ServiceDeployment(
        from.serviceDeploymentArn(),
        from.statusAsString(),
        from.lifecycleStageAsString(),
        breaker == null ? null : breaker.statusAsString(),
        breaker == null ? null : breaker.failureCount(),
        breaker == null ? null : breaker.threshold(),
        alarms == null ? List.of() : alarms.triggeredAlarmNames());
  }

  private static Map<String, String> tags(List<Tag> from) {
    Map<String, String> tags = new HashMap<>();
    from.forEach(tag -> tags.put(tag.key(), text(tag.value())));
    return tags;
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
