package dev.yagura.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.aws.EcsContainer;
import dev.yagura.testing.aws.EcsDouble;
import dev.yagura.testing.aws.EcsServiceDouble;
import dev.yagura.testing.aws.EcsTaskDouble;
import dev.yagura.testing.aws.Fault;
import dev.yagura.testing.aws.SqsQueueDouble;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkGlobalTime;

/** Several regions, and clocks that differ. */
class PlacesIT {
  private static final String OTHER = "us-west-2";
  private static final Duration A_WHILE = Duration.ofMinutes(4);
  private static final String QUEUE =
      "https://sqs." + EcsWorld.REGION + ".amazonaws.com/123456789012/ecs-events";

  private final EcsWorld world =
      new EcsWorld(
          "load_balancers: [], clusters: [main], events: {queue_url: \"" + QUEUE + "\"}",
          EcsWorld.REGION,
          OTHER);

  @AfterEach
  void end() {
    world.close();
    SdkGlobalTime.setGlobalTimeOffset(0);
  }

  private static EcsServiceDouble web(EcsDouble ecs, String cluster) {
    return ecs.cluster(cluster)
        .service("web")
        .desired(1)
        .deploy(ecs.taskDefinition("web", EcsContainer.named("app")));
  }

  private static EcsTaskDouble stopped(EcsServiceDouble service) {
    return service
        .startTask()
        .running()
        .stopping("UserInitiated", "Task stopped by user")
        .stopped(0);
  }

  @Test
  void clustersOfOneNameInTwoRegionsAreTwo() {
    EcsServiceDouble here = web(world.ecs(), "main");
    EcsServiceDouble there = web(world.aws.account().ecs(OTHER), "main");
    world.start().poll();
    stopped(here);
    stopped(there);
    stopped(there);
    world.pass(A_WHILE);

    assertThat(world.scrape().value("ecs_tasks_stopped_total", "region", EcsWorld.REGION))
        .hasValue(1);
    assertThat(world.scrape().value("ecs_tasks_stopped_total", "region", OTHER)).hasValue(2);
  }

  @Test
  void aRegionThatIsDeniedHoldsUpTheEventsOfNoOther() {
    SqsQueueDouble queue = world.sqs().queue("ecs-events");
    EcsServiceDouble here = web(world.ecs(), "main");
    EcsServiceDouble notWatched = web(world.ecs(), "other");
    EcsServiceDouble there = web(world.aws.account().ecs(OTHER), "main");
    world.aws.fail(
        Fault.denied(), call -> call.region().equals(OTHER) && call.service().equals("ecs"));
    world.start().poll();
    queue.send(stopped(here).event());
    queue.send(stopped(notWatched).event());
    queue.send(stopped(there).event());
    world.pass(A_WHILE);

    assertThat(world.scrape().value("ecs_tasks_stopped_total", "region", EcsWorld.REGION))
        .hasValue(1);
    assertThat(world.scrape().value("ecs_events_total", "outcome", "not_watched")).hasValue(1);
    assertThat(world.scrape().value("ecs_events_total", "outcome", "waiting").orElseThrow())
        .isPositive();
    assertThat(world.scrape().value("ecs_up", "region", OTHER)).hasValue(0);

    world.aws.heal();
    world.pass(A_WHILE.multipliedBy(2));
    assertThat(world.scrape().value("ecs_tasks_stopped_total", "region", OTHER))
        .as("it happened before that region was first watched")
        .isEmpty();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void aMachineWhoseClockIsOffCountsByAwsTime() {
    EcsServiceDouble here = web(world.ecs(), "main");
    stopped(here);
    world.clock.advance(Duration.ofMinutes(20));
    world.behind(Duration.ofHours(1)).start().poll();
    world.pass(A_WHILE);
    assertThat(world.scrape().samples("ecs_tasks_stopped_total"))
        .as("20 minutes before the start, though after it by the machine's clock")
        .isEmpty();

    stopped(here);
    world.pass(A_WHILE);
    assertThat(world.scrape().value("ecs_tasks_stopped_total")).hasValue(1);
  }
}
