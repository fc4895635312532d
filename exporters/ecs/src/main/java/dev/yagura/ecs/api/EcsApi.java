package dev.yagura.ecs.api;

import dev.yagura.aws.client.AwsPlace;
import dev.yagura.aws.client.Pages;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.ecs.inventory.Arns;
import dev.yagura.ecs.inventory.Cluster;
import dev.yagura.ecs.inventory.Service;
import dev.yagura.ecs.inventory.ServiceDeployment;
import dev.yagura.ecs.inventory.Task;
import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
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
    var leftOut = new Batches.LeftOut("ecs:DescribeClusters");
    List<Cluster> clusters =
        Batches.describe(
            "ecs:DescribeClusters",
            names,
            PAGE,
            deadline,
            batch -> {
              DescribeClustersResponse answer =
                  client.describeClusters(request -> request.clusters(batch));
              leftOut.note(answer.failures());
              return answer.clusters().stream()
                  .filter(cluster -> "ACTIVE".equals(cluster.status()))
                  .map(Mapping::cluster)
                  .toList();
            });
    leftOut.check();
    return clusters;
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
    var leftOut = new Batches.LeftOut("ecs:DescribeServices");
    List<Service> services =
        Batches.describe(
            "ecs:DescribeServices",
            arns,
            SERVICES,
            deadline,
            batch -> {
              DescribeServicesResponse answer;
              try {
                answer =
                    client.describeServices(
                        request ->
                            request.cluster(cluster).services(batch).include(ServiceField.TAGS));
              } catch (ClusterNotFoundException e) {
                return List.of();
              }
              leftOut.note(answer.failures());
              return answer.services().stream()
                  .filter(service -> !"INACTIVE".equals(service.status()))
                  .map(service -> Mapping.service(service, cluster))
                  .toList();
            });
    leftOut.check();
    return services;
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
    var leftOut = new Batches.LeftOut("ecs:DescribeTasks");
    List<Task> tasks =
        Batches.describe(
            "ecs:DescribeTasks",
            arns,
            PAGE,
            deadline,
            batch -> {
              DescribeTasksResponse answer;
              try {
                answer =
                    client.describeTasks(
                        request -> request.cluster(cluster).tasks(batch).include(TaskField.TAGS));
              } catch (ClusterNotFoundException e) {
                return List.of();
              }
              leftOut.note(answer.failures());
              return answer.tasks().stream().map(task -> Mapping.task(task, cluster)).toList();
            });
    leftOut.check();
    return tasks;
  }

  /** Those of these service deployments that ECS still knows. */
  public List<ServiceDeployment> serviceDeployments(Collection<String> arns, Deadline deadline)
      throws ScrapeException, InterruptedException {
    var leftOut = new Batches.LeftOut("ecs:DescribeServiceDeployments");
    List<ServiceDeployment> deployments =
        Batches.describe(
            "ecs:DescribeServiceDeployments",
            arns,
            DEPLOYMENTS,
            deadline,
            batch -> {
              DescribeServiceDeploymentsResponse answer =
                  client.describeServiceDeployments(
                      request -> request.serviceDeploymentArns(batch));
              leftOut.note(answer.failures());
              return answer.serviceDeployments().stream().map(Mapping::serviceDeployment).toList();
            });
    leftOut.check();
    return deployments;
  }
}
