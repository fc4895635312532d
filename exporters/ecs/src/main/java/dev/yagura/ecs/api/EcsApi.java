package dev.yagura.ecs.api;

import dev.yagura.aws.client.AwsPlace;
import dev.yagura.aws.client.Pages;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.ecs.inventory.Arns;
import dev.yagura.ecs.inventory.Cluster;
import dev.yagura.ecs.inventory.Service;
import dev.yagura.ecs.inventory.ServiceDeployment;
import dev.yagura.ecs.inventory.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.TaskField;

/**
 * What ECS is asked in one account and region. All of it is free, and paced. An answer is whole: a
 * page that is missing is a failure, while what was deleted in the meantime is just not there.
 */
public final class EcsApi {
  private static final int PAGE = 100;
  private static final int SERVICES = 10;
  private static final int DEPLOYMENTS = 20;

  private final EcsClient client;

  /** Asks in this place; nothing is asked before a method is called. */
  public EcsApi(AwsPlace place) {
    this.client = place.client(EcsClient.builder());
  }

  /** The client, for those who ask for something else of ECS. */
  public EcsClient client() {
    return client;
  }

  /** The names of all clusters, in the order of the API. */
  public List<String> clusterNames(Deadline deadline) throws ScrapeException, InterruptedException {
    return Pages.all(
            "ecs:ListClusters",
            deadline,
            token -> client.listClusters(request -> request.maxResults(PAGE).nextToken(token)),
            ListClustersResponse::clusterArns,
            ListClustersResponse::nextToken)
        .stream()
        .map(Arns::name)
        .toList();
  }

  /** Those of these clusters that are active. */
  public List<Cluster> clusters(Collection<String> names, Deadline deadline)
      throws ScrapeException, InterruptedException {
    return inBatches(
        "ecs:DescribeClusters",
        names,
        PAGE,
        deadline,
        batch ->
            client.describeClusters(request -> request.clusters(batch)).clusters().stream()
                .filter(cluster -> "ACTIVE".equals(cluster.status()))
                .map(Mapping::cluster)
                .toList());
  }

  /** The ARNs of all services of a cluster; none if the cluster is no more. */
  public List<String> serviceArns(String cluster, Deadline deadline)
      throws ScrapeException, InterruptedException {
    return Pages.all(
        "ecs:ListServices",
        deadline,
        token -> {
          try {
            return client.listServices(
                request -> request.cluster(cluster).maxResults(PAGE).nextToken(token));
          } catch (ClusterNotFoundException e) {
            return ListServicesResponse.builder().build();
          }
        },
        ListServicesResponse::serviceArns,
        ListServicesResponse::nextToken);
  }

  /** Those of these services that exist. */
  public List<Service> services(String cluster, Collection<String> arns, Deadline deadline)
      throws ScrapeException, InterruptedException {
    return inBatches(
        "ecs:DescribeServices",
        arns,
        SERVICES,
        deadline,
        batch -> {
          try {
            return client
                .describeServices(
                    request -> request.cluster(cluster).services(batch).include(ServiceField.TAGS))
                .services()
                .stream()
                .filter(service -> !"INACTIVE".equals(service.status()))
                .map(service -> Mapping.service(service, cluster))
                .toList();
          } catch (ClusterNotFoundException e) {
            return List.of();
          }
        });
  }

  /** The ARNs of all tasks that are to run, whether they do or not yet. */
  public List<String> wantedTaskArns(String cluster, Deadline deadline)
      throws ScrapeException, InterruptedException {
    return taskArns(cluster, DesiredStatus.RUNNING, deadline);
  }

  /** The ARNs of all tasks that are to stop, or did within about an hour. */
  public List<String> unwantedTaskArns(String cluster, Deadline deadline)
      throws ScrapeException, InterruptedException {
    return taskArns(cluster, DesiredStatus.STOPPED, deadline);
  }

  private List<String> taskArns(String cluster, DesiredStatus desired, Deadline deadline)
      throws ScrapeException, InterruptedException {
    return Pages.all(
        "ecs:ListTasks",
        deadline,
        token -> {
          try {
            return client.listTasks(
                request ->
                    request
                        .cluster(cluster)
                        .desiredStatus(desired)
                        .maxResults(PAGE)
                        .nextToken(token));
          } catch (ClusterNotFoundException e) {
            return ListTasksResponse.builder().build();
          }
        },
        ListTasksResponse::taskArns,
        ListTasksResponse::nextToken);
  }

  /** Those of these tasks that ECS still knows. */
  public List<Task> tasks(String cluster, Collection<String> arns, Deadline deadline)
      throws ScrapeException, InterruptedException {
    return inBatches(
        "ecs:DescribeTasks",
        arns,
        PAGE,
        deadline,
        batch -> {
          try {
            return client
                .describeTasks(
                    request -> request.cluster(cluster).tasks(batch).include(TaskField.TAGS))
                .tasks()
                .stream()
                .map(task -> Mapping.task(task, cluster))
                .toList();
          } catch (ClusterNotFoundException e) {
            return List.of();
          }
        });
  }

  /** Those of these service deployments that ECS still knows. */
  public List<ServiceDeployment> serviceDeployments(Collection<String> arns, Deadline deadline)
      throws ScrapeException, InterruptedException {
    return inBatches(
        "ecs:DescribeServiceDeployments",
        arns,
        DEPLOYMENTS,
        deadline,
        batch ->
            client
                .describeServiceDeployments(request -> request.serviceDeploymentArns(batch))
                .serviceDeployments()
                .stream()
                .map(Mapping::serviceDeployment)
                .toList());
  }

  private static <T> List<T> inBatches(
      String action,
      Collection<String> names,
      int size,
      Deadline deadline,
      Function<List<String>, List<T>> describe)
      throws ScrapeException, InterruptedException {
    List<String> all = List.copyOf(names);
    List<T> found = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      if (deadline.hasPassed()) {
        throw new ScrapeException(FailureReason.TIMEOUT, "no time was left to ask " + action);
      }
      List<String> batch = all.subList(from, Math.min(from + size, all.size()));
      found.addAll(AwsPlace.call(action, () -> describe.apply(batch)));
    }
    return found;
  }
}
