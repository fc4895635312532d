package dev.yagura.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.common.Json;
import dev.yagura.testing.LeakCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AwsEcsEventsTest {
  @RegisterExtension final LeakCheck leaks = LeakCheck.allowing(Bed.KEEP_ALIVE);

  private final Bed bed = new Bed();
  private final EcsDouble model = bed.aws.account().ecs(Bed.REGION);
  private final EcsServiceDouble service =
      model
          .cluster("shop")
          .service("web")
          .deploy(model.taskDefinition("web", EcsContainer.named("web")));

  @AfterEach
  void close() {
    bed.close();
  }

  private static Map<?, ?> map(@Nullable Object value) {
    assertThat(value).isInstanceOf(Map.class);
    return (Map<?, ?>) Objects.requireNonNull(value);
  }

  private static Map<?, ?> first(Map<?, ?> event, String list) {
    return map(((List<?>) Objects.requireNonNull(event.get(list))).get(0));
  }

  private static Map<?, ?> read(String json) {
    return Json.read(json, Map.class);
  }

  private static Map<?, ?> detail(Map<?, ?> event) {
    return map(event.get("detail"));
  }

  private static void assertEnvelope(Map<?, ?> event, String type, String resource) {
    assertThat(event.get("version")).isEqualTo("0");
    assertThat(event.get("detail-type")).isEqualTo(type);
    assertThat(event.get("source")).isEqualTo("aws.ecs");
    assertThat(event.get("account")).isEqualTo(AwsDouble.DEFAULT_ACCOUNT);
    assertThat(event.get("region")).isEqualTo(Bed.REGION);
    assertThat(event.get("resources")).isEqualTo(List.of(resource));
  }

  @Test
  void theEventOfATaskHasItsStateAndVersionAndAnotherIdEachTime() {
    EcsTaskDouble task = service.startTask().tag("team", "shop").privateIp("10.1.2.3");
    bed.clock.advance(Duration.ofMillis(1_500));
    task.running();
    bed.clock.advance(Duration.ofMinutes(1));
    Map<?, ?> running = read(task.event());
    assertEnvelope(running, "ECS Task State Change", task.arn());
    assertThat(running.get("time")).isEqualTo("2026-11-25T12:01:01Z");
    assertThat(running.get("id")).isNotEqualTo(read(task.event()).get("id"));
    assertThat(detail(running).get("createdAt")).isEqualTo("2026-11-25T12:00:00Z");
    assertThat(detail(running).get("startedAt")).isEqualTo("2026-11-25T12:00:01.500Z");
    assertThat(detail(running).get("updatedAt")).isEqualTo("2026-11-25T12:00:01.500Z");
    assertThat(detail(running).get("lastStatus")).isEqualTo("RUNNING");
    assertThat(detail(running).get("version")).isEqualTo(2);
    assertThat(detail(running).containsKey("tags")).isFalse();
    Map<?, ?> attachment = first(detail(running), "attachments");
    assertThat(attachment.get("type")).isEqualTo("eni");
    task.stopped(137);
    task.container("web").set("reason", "OutOfMemoryError: killed");
    Map<?, ?> stopped = detail(read(task.event()));
    assertThat(stopped.get("stopCode")).isEqualTo("EssentialContainerExited");
    assertThat(stopped.get("version")).isEqualTo(3);
    Map<?, ?> container = first(stopped, "containers");
    assertThat(container.get("exitCode")).isEqualTo(137);
    assertThat(container.get("reason")).isEqualTo("OutOfMemoryError: killed");
  }

  @Test
  void theEventsOfAServiceSayWhatHappenedAndWhy() {
    Map<?, ?> action =
        read(service.actionEvent("ERROR", "SERVICE_TASK_PLACEMENT_FAILURE", "RESOURCE:FARGATE"));
    assertEnvelope(action, "ECS Service Action", service.arn());
    assertThat(detail(action))
        .isEqualTo(
            Map.of(
                "eventType", "ERROR",
                "eventName", "SERVICE_TASK_PLACEMENT_FAILURE",
                "reason", "RESOURCE:FARGATE",
                "clusterArn", model.cluster("shop").arn(),
                "createdAt", "2026-11-25T12:00:00Z"));
    assertThat(
            detail(read(service.actionEvent("INFO", "SERVICE_STEADY_STATE", null)))
                .containsKey("reason"))
        .isFalse();
    Map<?, ?> deployment =
        read(service.deploymentEvent("ERROR", "SERVICE_DEPLOYMENT_FAILED", "tasks failed."));
    assertEnvelope(deployment, "ECS Deployment State Change", service.arn());
    assertThat(detail(deployment))
        .isEqualTo(
            Map.of(
                "eventType", "ERROR",
                "eventName", "SERVICE_DEPLOYMENT_FAILED",
                "reason", "tasks failed.",
                "deploymentId", String.valueOf(service.deployment().text("id")),
                "updatedAt", "2026-11-25T12:00:00Z"));
  }
}
