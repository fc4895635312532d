package dev.yagura.testing.aws;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** ECS' operations that list. */
final class EcsLists {
  private static final int LARGEST_PAGE = 100;
  private static final int PAGE_OF_SERVICES = 10;
  private static final int PAGE_OF_DEPLOYMENTS = 20;

  private EcsLists() {}

  static Answer clusters(EcsRequest request) {
    List<EcsClusterDouble> all = List.copyOf(request.ecs().clusters().values());
    return request.page(
        "clusterArns", request.page(all, LARGEST_PAGE, LARGEST_PAGE), EcsClusterDouble::arn);
  }

  static Answer services(EcsRequest request) {
    Input input = request.input();
    List<EcsServiceDouble> all =
        request.cluster().activeServices().stream()
            .filter(each -> asked(each.fields(), "launchType", input.text("launchType")))
            .filter(
                each ->
                    asked(each.fields(), "schedulingStrategy", input.text("schedulingStrategy")))
            .toList();
    return request.page(
        "serviceArns", request.page(all, PAGE_OF_SERVICES, LARGEST_PAGE), EcsServiceDouble::arn);
  }

  private static boolean asked(Fields fields, String field, @Nullable String value) {
    return value == null || value.equals(fields.text(field));
  }

  static Answer tasks(EcsRequest request) {
    EcsClusterDouble cluster = request.cluster();
    Collection<EcsTaskDouble> among = cluster.tasks().values();
    String service = request.input().text("serviceName");
    if (service != null) {
      among = request.service(service).tasks();
    }
    Predicate<EcsTaskDouble> which = filter(request, cluster);
    List<EcsTaskDouble> all = among.stream().filter(which).toList();
    return request.page(
        "taskArns", request.page(all, LARGEST_PAGE, LARGEST_PAGE), EcsTaskDouble::arn);
  }

  private static Predicate<EcsTaskDouble> filter(EcsRequest request, EcsClusterDouble cluster) {
    Input input = request.input();
    String status = input.text("desiredStatus", "RUNNING");
    Predicate<EcsTaskDouble> which = task -> task.is("desiredStatus", status);
    String family = input.text("family");
    if (family != null) {
      String begin = request.arn("task-definition", family + ":");
      which =
          which.and(
              task -> String.valueOf(task.fields().text("taskDefinitionArn")).startsWith(begin));
    }
    String startedBy = input.text("startedBy");
    if (startedBy != null) {
      which = which.and(task -> task.is("startedBy", startedBy));
    }
    String launchType = input.text("launchType");
    if (launchType != null) {
      which = which.and(task -> task.is("launchType", launchType));
    }
    String instance = input.text("containerInstance");
    if (instance != null) {
      String id = EcsDouble.last(instance);
      String arn = request.arn("container-instance", cluster, id);
      which = which.and(task -> task.is("containerInstanceArn", arn));
    }
    return which;
  }

  static Answer instances(EcsRequest request) {
    String status = request.input().text("status");
    List<Fields> all =
        request.cluster().instances().values().stream()
            .filter(each -> asked(each, "status", status))
            .toList();
    return request.page(
        "containerInstanceArns",
        request.page(all, LARGEST_PAGE, LARGEST_PAGE),
        each -> String.valueOf(each.text("containerInstanceArn")));
  }

  static Answer serviceDeployments(EcsRequest request) {
    Input input = request.input();
    List<String> statuses = input.texts("status");
    Instant after = input.structure("createdAt").instant("after");
    Instant before = input.structure("createdAt").instant("before");
    List<EcsServiceDeployment> all =
        request
            .service(input.required("service"))
            .deployments()
            .history(
                each ->
                    (statuses.isEmpty() || statuses.stream().anyMatch(each::is))
                        && (after == null || each.createdAt().isAfter(after))
                        && (before == null || each.createdAt().isBefore(before)));
    return request.page(
        "serviceDeployments",
        request.page(all, PAGE_OF_DEPLOYMENTS, LARGEST_PAGE),
        EcsServiceDeployment::brief);
  }
}
