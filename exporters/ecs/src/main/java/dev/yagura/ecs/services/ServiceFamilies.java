package dev.yagura.ecs.services;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.ecs.inventory.Deployment;
import dev.yagura.ecs.inventory.Service;
import dev.yagura.ecs.inventory.ServiceEvent;
import dev.yagura.ecs.reasons.ServiceEventName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is shown of services and their deployments. */
final class ServiceFamilies {
  private record Shown(Service service, @Nullable Instant steadyAt) {
    /** Without its events: what is shown is kept until the next look. */
    static Shown of(Service service) {
      return new Shown(service.withoutEvents(), steadyState(service));
    }
  }

  private record Primary(Service service, Deployment deployment) {}

  private record Rollout(String service, String status, String state) {}

  private record Rollouts(Rollout rollout, int deployments) {}

  private record LeftOut(int services) {}

  /** As slok/ecs-exporter names them, where it does. */
  private static final List<Family<Shown>> SERVICES =
      Family.labelled(
          LabelSet.of("service", row -> row.service().name()),
          List.of(
              Family.gauge(
                  "ecs_service_desired_tasks",
                  "Tasks that the service is to have, from desiredCount of DescribeServices.",
                  row -> row.service().desired()),
              Family.gauge(
                  "ecs_service_running_tasks",
                  "Tasks of the service that run, from runningCount of DescribeServices.",
                  row -> row.service().running()),
              Family.gauge(
                  "ecs_service_pending_tasks",
                  "Tasks of the service that are to run soon, from pendingCount of"
                      + " DescribeServices.",
                  row -> row.service().pending()),
              Family.gauge(
                  "ecs_service_created_timestamp_seconds",
                  "When the service was created, from createdAt of DescribeServices, in Unix"
                      + " seconds.",
                  row -> seconds(row.service().createdAt())),
              Family.gauge(
                  "ecs_service_steady_state_timestamp_seconds",
                  "When the service was last said to be in a steady state, from events of"
                      + " DescribeServices, in Unix seconds; ECS says so again every six hours,"
                      + " and tells the last hundred events only.",
                  row -> seconds(row.steadyAt()))));

  private static final List<Family<Primary>> PRIMARY =
      Family.labelled(
          LabelSet.of("service", row -> row.service().name()),
          List.of(
              Family.gauge(
                  "ecs_deployment_created_timestamp_seconds",
                  "When the primary deployment began, from createdAt of DescribeServices, in Unix"
                      + " seconds.",
                  row -> seconds(row.deployment().createdAt())),
              Family.gauge(
                  "ecs_deployment_updated_timestamp_seconds",
                  "When the primary deployment last changed, from updatedAt of DescribeServices, in"
                      + " Unix seconds.",
                  row -> seconds(row.deployment().updatedAt())),
              Family.gauge(
                  "ecs_deployment_failed_tasks",
                  "Tasks of the primary deployment that failed in a row, from failedTasks of"
                      + " DescribeServices; zero again as soon as one runs, so a task that crashes"
                      + " later is not in it: see ecs_tasks_stopped_total.",
                  row -> row.deployment().failedTasks()),
              Family.gauge(
                  "ecs_deployment_desired_tasks",
                  "Tasks that the primary deployment is to have, from desiredCount of"
                      + " DescribeServices.",
                  row -> row.deployment().desired()),
              Family.gauge(
                  "ecs_deployment_running_tasks",
                  "Tasks of the primary deployment that run, from runningCount of"
                      + " DescribeServices.",
                  row -> row.deployment().running()),
              Family.gauge(
                  "ecs_deployment_pending_tasks",
                  "Tasks of the primary deployment that are to run soon, from pendingCount of"
                      + " DescribeServices.",
                  row -> row.deployment().pending())));

  private static final List<Family<Primary>> REVISION =
      Family.labelled(
          LabelSet.<Primary>of("service", row -> row.service().name())
              .and("family", row -> row.deployment().taskDefinition().family()),
          List.of(
              Family.gauge(
                  "ecs_deployment_task_definition_revision",
                  "Revision of the task definition that the primary deployment rolls out, from"
                      + " taskDefinition of DescribeServices.",
                  row -> revision(row.deployment()))));

  private static final List<Family<Rollouts>> ROLLOUTS =
      Family.labelled(
          LabelSet.<Rollouts>of("service", row -> row.rollout().service())
              .and("status", row -> row.rollout().status())
              .and("rollout_state", row -> row.rollout().state()),
          List.of(
              Family.gauge(
                  "ecs_service_deployments",
                  "Deployments of the service, by status (PRIMARY, ACTIVE) and rolloutState"
                      + " (IN_PROGRESS, COMPLETED, FAILED; empty where ECS does not roll out) of"
                      + " DescribeServices; what there is none of is absent.",
                  Rollouts::deployments)));

  private static final List<Family<LeftOut>> LEFT_OUT =
      List.of(
          Family.gauge(
              "ecs_services_left_out",
              "Services of the cluster that are not looked at, because there are more than"
                  + " max_services.",
              LeftOut::services));

  private ServiceFamilies() {}

  static List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(SERVICES);
    all.addAll(PRIMARY);
    all.addAll(REVISION);
    all.addAll(ROLLOUTS);
    all.addAll(LEFT_OUT);
    return all;
  }

  static Snapshot of(List<Service> services, int leftOut) {
    List<Primary> primaries = new ArrayList<>();
    Map<Rollout, Integer> rollouts = new HashMap<>();
    for (Service service : services) {
      service
          .primary()
          .ifPresent(primary -> primaries.add(new Primary(service.withoutEvents(), primary)));
      for (Deployment each : service.deployments()) {
        String state = each.rolloutState() == null ? "" : each.rolloutState();
        rollouts.merge(new Rollout(service.name(), each.status(), state), 1, Integer::sum);
      }
    }
    List<Rollouts> rows =
        rollouts.entrySet().stream()
            .map(entry -> new Rollouts(entry.getKey(), entry.getValue()))
            .toList();
    return Snapshot.join(
        List.of(
            Snapshot.of(SERVICES, services.stream().map(Shown::of).toList()),
            Snapshot.of(PRIMARY, primaries),
            Snapshot.of(REVISION, primaries),
            Snapshot.of(ROLLOUTS, rows),
            Snapshot.of(LEFT_OUT, new LeftOut(leftOut))));
  }

  private static @Nullable Instant steadyState(Service service) {
    return service.events().stream()
        .filter(
            event ->
                ServiceEventName.ofMessage(event.message())
                    .filter(name -> name == ServiceEventName.SERVICE_STEADY_STATE)
                    .isPresent())
        .map(ServiceEvent::createdAt)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static @Nullable Number revision(Deployment deployment) {
    int revision = deployment.taskDefinition().revision();
    return revision == 0 ? null : revision;
  }

  private static @Nullable Number seconds(@Nullable Instant at) {
    return at == null ? null : at.toEpochMilli() / 1e3;
  }
}
