package dev.yagura.ecs.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.ecs.api.EcsApi;
import dev.yagura.ecs.inventory.TaskDefinition;
import dev.yagura.ecs.inventory.TaskDefinition.ContainerDefinition;
import dev.yagura.testing.aws.EcsContainer;
import dev.yagura.testing.aws.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DescribedDefinitionsIT {
  private final Ground ground = new Ground();
  private final DescribedDefinitions definitions =
      new DescribedDefinitions(new EcsApi(ground.place()), new DefinitionCache());

  @AfterEach
  void close() {
    ground.close();
  }

  private String registered() {
    return ground
        .ecs()
        .taskDefinition(
            "web",
            "bridge",
            Map.of("team", "shop"),
            EcsContainer.named("web").port(8080, 0).port(9090, 0).label("a.b", "c"),
            EcsContainer.named("proxy").image("proxy:2"));
  }

  @Test
  void aRevisionIsReadWithItsTagsAndAskedForOnce() throws Exception {
    String arn = registered();

    TaskDefinition read = definitions.of(arn, ground.deadline()).orElseThrow();
    definitions.of(arn, ground.deadline());

    assertThat(read.name().arn()).isEqualTo(arn);
    assertThat(read.name().family()).isEqualTo("web");
    assertThat(read.name().revision()).isEqualTo(1);
    assertThat(read.networkMode()).isEqualTo("bridge");
    assertThat(read.tags()).containsExactly(Map.entry("team", "shop"));
    assertThat(read.containers())
        .containsExactly(
            new ContainerDefinition("web", "web:latest", Map.of("a.b", "c"), List.of(8080, 9090)),
            new ContainerDefinition("proxy", "proxy:2", Map.of(), List.of()));
    assertThat(ground.aws.count("DescribeTaskDefinition")).isEqualTo(1);
  }

  @Test
  void whatThereIsNotIsNotAskedForAgain() throws Exception {
    String arn = registered().replace("web:1", "web:7");

    assertThat(definitions.of(arn, ground.deadline())).isEmpty();
    assertThat(definitions.of(arn, ground.deadline())).isEmpty();
    assertThat(ground.aws.count("DescribeTaskDefinition")).isEqualTo(1);
  }

  @Test
  void aFailureIsNotTakenForAnAnswer() throws Exception {
    String arn = registered();
    ground.aws.fail(Fault.denied());

    assertThatThrownBy(() -> definitions.of(arn, ground.deadline()))
        .isInstanceOfSatisfying(
            ScrapeException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(FailureReason.DENIED);
              assertThat(e).hasMessageContaining("ecs:DescribeTaskDefinition");
            });

    ground.aws.heal();
    assertThat(definitions.of(arn, ground.deadline())).isPresent();
  }

  @Test
  void nothingIsAskedOnceTheTimeIsUp() throws Exception {
    String arn = registered();
    Deadline over = Deadline.after(Duration.ZERO, ground.clock);

    assertThatThrownBy(() -> definitions.of(arn, over))
        .isInstanceOfSatisfying(
            ScrapeException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.TIMEOUT));
    assertThat(ground.aws.calls()).isEmpty();
  }
}
