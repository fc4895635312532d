package dev.yagura.ecs.capacity;

import dev.yagura.aws.client.Pages;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.ecs.api.Batches;
import dev.yagura.ecs.inventory.Arns;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.AutoScalingGroupProvider;
import software.amazon.awssdk.services.ecs.model.CapacityProvider;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceField;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.ManagedScaling;
import software.amazon.awssdk.services.ecs.model.Resource;

/** What ECS says of capacity, in our words. */
final class CapacityApi {
  private static final String LIST = "ecs:ListContainerInstances";
  private static final String DESCRIBE = "ecs:DescribeContainerInstances";
  private static final String DESCRIBE_PROVIDERS = "ecs:DescribeCapacityProviders";

  /** ECS' own limits. */
  private static final int PAGE = 100;

  private static final int PAGE_OF_PROVIDERS = 10;

  private static final String CPU = "CPU";
  private static final String MEMORY = "MEMORY";
  private static final String ZONE = "ecs.availability-zone";
  private static final String TYPE = "ecs.instance-type";

  private final EcsClient client;

  CapacityApi(EcsClient client) {
    this.client = client;
  }

  /** ARNs of all instances of a cluster; none if the cluster is no more. */
  List<String> instanceArns(String cluster, Deadline deadline)
      throws ScrapeException, InterruptedException {
    return Pages.all(
        LIST,
        deadline,
        token -> {
          try {
            return client.listContainerInstances(
                request -> request.cluster(cluster).maxResults(PAGE).nextToken(token));
          } catch (ClusterNotFoundException e) {
            return ListContainerInstancesResponse.builder().build();
          }
        },
        page -> page.containerInstanceArns(),
        page -> page.nextToken());
  }

  /** Those of these instances that are still there. */
  List<Instance> instances(String cluster, List<String> arns, Deadline deadline)
      throws ScrapeException, InterruptedException {
    var leftOut = new Batches.LeftOut(DESCRIBE);
    List<Instance> instances =
        Batches.describe(
            DESCRIBE,
            arns,
            PAGE,
            deadline,
            some -> {
              DescribeContainerInstancesResponse answer;
              try {
                answer =
                    client.describeContainerInstances(
                        request ->
                            request
                                .cluster(cluster)
                                .containerInstances(some)
                                .include(ContainerInstanceField.CONTAINER_INSTANCE_HEALTH));
              } catch (ClusterNotFoundException e) {
                return List.of();
              }
              leftOut.note(answer.failures());
              return answer.containerInstances().stream().map(CapacityApi::instance).toList();
            });
    leftOut.check();
    return instances;
  }

  /** All capacity providers that are of no cluster alone. */
  List<Provider> providers(Deadline deadline) throws ScrapeException, InterruptedException {
    return Pages.all(
            DESCRIBE_PROVIDERS,
            deadline,
            token ->
                client.describeCapacityProviders(
                    request -> request.maxResults(PAGE_OF_PROVIDERS).nextToken(token)),
            page -> page.capacityProviders(),
            page -> page.nextToken())
        .stream()
        .map(CapacityApi::provider)
        .toList();
  }

  static Instance instance(ContainerInstance said) {
    String ec2 = said.ec2InstanceId();
    return new Instance(
        ec2 == null ? Arns.name(said.containerInstanceArn()) : ec2,
        said.status(),
        said.capacityProviderName(),
        attribute(said, ZONE),
        attribute(said, TYPE),
        said.versionInfo() == null ? null : said.versionInfo().agentVersion(),
        said.registeredAt(),
        said.agentConnected(),
        said.healthStatus() == null ? null : said.healthStatus().overallStatusAsString(),
        said.runningTasksCount(),
        said.pendingTasksCount(),
        room(said.registeredResources()),
        room(said.remainingResources()));
  }

  static Provider provider(CapacityProvider said) {
    AutoScalingGroupProvider group = said.autoScalingGroupProvider();
    ManagedScaling scaling = group == null ? null : group.managedScaling();
    return new Provider(
        said.name(),
        said.statusAsString(),
        said.updateStatusAsString(),
        scaling == null ? null : scaling.statusAsString(),
        scaling == null ? null : scaling.targetCapacity());
  }

  private static Instance.Room room(List<Resource> resources) {
    return new Instance.Room(resource(resources, CPU), resource(resources, MEMORY));
  }

  private static @Nullable Integer resource(List<Resource> resources, String name) {
    for (Resource resource : resources) {
      if (name.equals(resource.name())) {
        return resource.integerValue();
      }
    }
    return null;
  }

  private static @Nullable String attribute(ContainerInstance said, String name) {
    for (Attribute attribute : said.attributes()) {
      if (name.equals(attribute.name())) {
        return attribute.value();
      }
    }
    return null;
  }
}
