package dev.yagura.ecs.services;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import dev.yagura.ecs.api.EcsApi;
import dev.yagura.ecs.inventory.Inventory;
import dev.yagura.ecs.inventory.Service;
import dev.yagura.ecs.inventory.ServiceDeployment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the services of a cluster get from one revision to the next: what the circuit breaker counts,
 * and whether ECS rolls back. One that has ended does not change, and is not asked again.
 */
public final class ServiceDeploymentsScraper implements Scraper {
  /** The label {@code scraper}. */
  public static final String NAME = "service_deployments";

  private record Row(String service, ServiceDeployment deployment) {}

  private static final List<Family<Row>> FAMILIES =
      List.of(
          family(
              Family.gauge(
                  "ecs_service_deployment_circuit_breaker_failures",
                  "Failed tasks that the circuit breaker counts, from failureCount of"
                      + " DescribeServiceDeployments.",
                  row -> row.deployment().failureCount())),
          family(
              Family.gauge(
                  "ecs_service_deployment_circuit_breaker_threshold",
                  "Failed tasks at which the circuit breaker ends the deployment, from threshold of"
                      + " DescribeServiceDeployments.",
                  row -> row.deployment().failureThreshold())),
          family(
              Family.gauge(
                  "ecs_service_deployment_triggered_alarms",
                  "Alarms that want the deployment to end, from triggeredAlarmNames of"
                      + " DescribeServiceDeployments.",
                  row -> row.deployment().triggeredAlarms().size())),
          family(
                  Family.<Row>gauge(
                      "ecs_service_deployment_status",
                      "1 for the status of the service's last deployment, such as IN_PROGRESS,"
                          + " SUCCESSFUL or ROLLBACK_SUCCESSFUL, from DescribeServiceDeployments;"
                          + " others are absent.",
                      row -> one(row.deployment().status())))
              .label("status", row -> row.deployment().status()),
          family(
                  Family.<Row>gauge(
                      "ecs_service_deployment_lifecycle_stage",
                      "1 for the lifecycleStage of a deployment that has one, from"
                          + " DescribeServiceDeployments; others are absent.",
                      row -> one(row.deployment().lifecycleStage())))
              .label("stage", row -> row.deployment().lifecycleStage()),
          family(
                  Family.<Row>gauge(
                      "ecs_service_deployment_circuit_breaker_status",
                      "1 for the status of the deployment's circuit breaker (DISABLED, MONITORING,"
                          + " MONITORING_COMPLETE, TRIGGERED), from DescribeServiceDeployments;"
                          + " others are absent.",
                      row -> one(row.deployment().circuitBreaker())))
              .label("status", row -> row.deployment().circuitBreaker()));

  private static Family<Row> family(Family<Row> bare) {
    return bare.label("service", Row::service);
  }

  private static @Nullable Number one(@Nullable String state) {
    return state == null ? null : 1;
  }

  private final String cluster;
  private final EcsApi api;
  private final Inventory inventory;
  // By service.
  private Map<String, ServiceDeployment> known = new HashMap<>();

  /**
   * Asks about one cluster.
   *
   * @param inventory tells its services
   */
  public ServiceDeploymentsScraper(String cluster, EcsApi api, Inventory inventory) {
    this.cluster = cluster;
    this.api = api;
    this.inventory = inventory;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    return List.copyOf(FAMILIES);
  }

  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException, InterruptedException {
    List<Service> services =
        inventory
            .services(cluster)
            .orElseThrow(
                () ->
                    new ScrapeException(
                        FailureReason.UNREACHABLE, "the services of the cluster are not known"));
    Map<String, String> wanted = new HashMap<>();
    Set<String> toAsk = new HashSet<>();
    for (Service service : services) {
      ServiceDeployment last = known.get(service.name());
      String arn =
          Optional.ofNullable(service.currentServiceDeployment())
              .orElse(last == null ? null : last.arn());
      if (arn != null) {
        wanted.put(service.name(), arn);
        if (last == null || !last.arn().equals(arn) || last.isUnderWay()) {
          toAsk.add(arn);
        }
      }
    }
    Map<String, ServiceDeployment> byArn = new HashMap<>();
    known.values().forEach(each -> byArn.put(each.arn(), each));
    toAsk.forEach(byArn::remove);
    api.serviceDeployments(toAsk, deadline).forEach(each -> byArn.put(each.arn(), each));

    Map<String, ServiceDeployment> now = new HashMap<>();
    List<Row> rows = new ArrayList<>();
    wanted.forEach(
        (service, arn) -> {
          ServiceDeployment deployment = byArn.get(arn);
          if (deployment != null) {
            now.put(service, deployment);
            rows.add(new Row(service, deployment));
          }
        });
    known = now;
    return Snapshot.of(FAMILIES, rows);
  }
}
