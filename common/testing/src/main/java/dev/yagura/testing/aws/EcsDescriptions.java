package dev.yagura.testing.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** ECS' operations that describe. */
final class EcsDescriptions {
  private static final int MOST = 100;
  private static final int MOST_SERVICES = 10;
  private static final int MOST_DEPLOYMENTS = 20;
  private static final int PAGE_OF_PROVIDERS = 10;

  private EcsDescriptions() {}

  static Answer clusters(EcsRequest request) {
    List<String> asked = request.input().texts("clusters");
    return request.describe(
        "clusters",
        asked.isEmpty() ? List.of("default") : request.named("clusters", MOST),
        name -> {
          EcsClusterDouble found = request.ecs().find(name);
          return found == null ? null : found.json();
        },
        name -> request.arn("cluster", name));
  }

  static Answer services(EcsRequest request) {
    EcsClusterDouble cluster = request.cluster();
    return request.describe(
        "services",
        request.named("services", MOST_SERVICES),
        name -> {
          EcsServiceDouble found = cluster.find(name);
          return found == null ? null : found.json();
        },
        name -> request.arn("service", cluster, name));
  }

  static Answer tasks(EcsRequest request) {
    EcsClusterDouble cluster = request.cluster();
    Map<String, EcsTaskDouble> tasks = cluster.tasks();
    return request.describe(
        "tasks",
        request.named("tasks", MOST),
        name -> {
          EcsTaskDouble found = tasks.get(request.arn("task", cluster, name));
          return found == null ? null : found.fields().json();
        },
        name -> request.arn("task", cluster, name));
  }

  static Answer taskDefinition(EcsRequest request) {
    EcsTaskDefinitions.Definition found =
        request.ecs().findDefinition(request.input().required("taskDefinition"));
    if (found == null) {
      throw AwsError.badRequest("ClientException", "Unable to describe task definition.");
    }
    Map<String, Object> definition = found.fields().json();
    Object tags = definition.remove("tags");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("taskDefinition", definition);
    if (request.includes("TAGS")) {
      body.put("tags", tags == null ? List.of() : tags);
    }
    return request.call().json(body);
  }

  static Answer instances(EcsRequest request) {
    EcsClusterDouble cluster = request.cluster();
    Map<String, Fields> byArn = new LinkedHashMap<>();
    for (Fields each : cluster.instances().values()) {
      byArn.put(String.valueOf(each.text("containerInstanceArn")), each);
    }
    Map<String, List<EcsTaskDouble>> tasks =
        cluster.tasks().values().stream()
            .collect(
                Collectors.groupingBy(
                    task -> String.valueOf(task.fields().text("containerInstanceArn"))));
    return request.describe(
        "containerInstances",
        request.named("containerInstances", MOST),
        name -> {
          String arn = request.arn("container-instance", cluster, name);
          Fields found = byArn.get(arn);
          return found == null
              ? null
              : instance(request, found, tasks.getOrDefault(arn, List.of()));
        },
        name -> request.arn("container-instance", cluster, name));
  }

  private static Map<String, Object> instance(
      EcsRequest request, Fields fields, List<EcsTaskDouble> tasks) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("runningTasksCount", EcsDeployment.running(tasks));
    json.put("pendingTasksCount", EcsDeployment.pending(tasks));
    json.putAll(fields.json());
    if (!request.includes("CONTAINER_INSTANCE_HEALTH")) {
      json.remove("healthStatus");
    }
    return json;
  }

  static Answer capacityProviders(EcsRequest request) {
    Map<String, Fields> all = request.ecs().capacityProviders();
    List<String> asked = request.input().texts("capacityProviders");
    if (!asked.isEmpty()) {
      return request.describe(
          "capacityProviders",
          asked,
          name -> {
            Fields found = all.get(EcsDouble.last(name));
            return found == null ? null : found.json();
          },
          name -> request.arn("capacity-provider", name));
    }
    return request.page(
        "capacityProviders",
        request.page(List.copyOf(all.values()), PAGE_OF_PROVIDERS, PAGE_OF_PROVIDERS),
        provider -> {
          Map<String, Object> json = provider.json();
          if (!request.includes("TAGS")) {
            json.remove("tags");
          }
          return json;
        });
  }

  static Answer serviceDeployments(EcsRequest request) {
    return request.describe(
        "serviceDeployments",
        request.named("serviceDeploymentArns", MOST_DEPLOYMENTS),
        arn -> {
          EcsServiceDouble service = serviceOf(request, arn);
          if (service == null) {
            return null;
          }
          return service.deployments().history(each -> each.arn().equals(arn)).stream()
              .findFirst()
              .map(each -> each.json(service.desired()))
              .orElse(null);
        },
        arn -> arn);
  }

  static Answer serviceRevisions(EcsRequest request) {
    return request.describe(
        "serviceRevisions",
        request.named("serviceRevisionArns", MOST_DEPLOYMENTS),
        arn -> {
          EcsServiceDouble service = serviceOf(request, arn);
          Fields found = service == null ? null : service.deployments().revision(arn);
          return found == null ? null : found.json();
        },
        arn -> arn);
  }

  /** Whose deployment or revision it is: the cluster and the service are in the ARN. */
  private static @Nullable EcsServiceDouble serviceOf(EcsRequest request, String arn) {
    String[] parts = arn.split("/", -1);
    EcsClusterDouble cluster = parts.length == 4 ? request.ecs().find(parts[1]) : null;
    return cluster == null ? null : cluster.find(parts[2]);
  }
}
