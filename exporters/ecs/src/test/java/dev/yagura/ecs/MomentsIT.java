package dev.yagura.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.Expositions;
import dev.yagura.testing.Goldens;
import dev.yagura.testing.Promtool;
import dev.yagura.testing.aws.EcsContainer;
import dev.yagura.testing.aws.EcsServiceDouble;
import dev.yagura.testing.aws.EcsTaskDouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is shown at the moments at which somebody looks. */
class MomentsIT {
  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

  private final EcsWorld world = new EcsWorld("");
  private final String first =
      world.ecs().taskDefinition("web", EcsContainer.named("app").image("web:1").port(8080));
  private final String second =
      world.ecs().taskDefinition("web", EcsContainer.named("app").image("web:2").port(8080));
  private final EcsServiceDouble web = world.cluster("main").service("web").desired(2);
  private final List<EcsTaskDouble> tasks = new ArrayList<>();

  @AfterEach
  void end() {
    world.close();
  }

  /** A service that has been well for a while. */
  private void steady() {
    web.deploy(first);
    tasks.add(run(web.startTask()));
    tasks.add(run(web.startTask()));
    web.completeDeployment();
    web.event("(service web) has reached a steady state.");
    world.start().poll();
    world.pass(Duration.ofMinutes(2));
  }

  private EcsTaskDouble run(EcsTaskDouble task) {
    pass(3);
    task.pulling();
    pass(7);
    task.pulled();
    pass(2);
    task.running();
    pass(20);
    return task.healthy();
  }

  private void pass(int seconds) {
    world.clock.advance(Duration.ofSeconds(seconds));
  }

  private void golden(String moment) throws Exception {
    Goldens.in(MomentsIT.class)
        .assertMatches(
            moment,
            Expositions.normalise(
                world.text(), sample -> sample.name().startsWith("yagura_scrape_duration")));
  }

  @Test
  void aDeploymentThatSucceeds() throws Exception {
    steady();
    web.deploy(second);
    EcsTaskDouble fresh = web.startTask();
    world.pass(HALF_A_MINUTE);
    golden("deployment-under-way");

    run(fresh);
    tasks.forEach(
        task ->
            task.stopping(
                    "ServiceSchedulerInitiated",
                    "Scaling activity initiated by (deployment "
                        + web.deployment().text("id")
                        + ")")
                .stopped(143));
    run(web.startTask());
    web.completeDeployment();
    world.pass(Duration.ofMinutes(4));
    golden("deployment-succeeded");
  }

  @Test
  void aDeploymentThatIsStuck() throws Exception {
    steady();
    web.deploy(second);
    for (int i = 0; i < 3; i++) {
      world.pass(HALF_A_MINUTE);
      web.startTask()
          .pulling()
          .stopping(
              "TaskFailedToStart",
              "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to"
                  + " resolve ref 123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/web:2: not"
                  + " found")
          .stopped();
    }
    web.deployment().set("failedTasks", 3);
    web.serviceDeployment().set("deploymentCircuitBreaker.failureCount", 3);
    web.event(
        "(service web) is unable to consistently start tasks successfully. For more"
            + " information, see the Troubleshooting section.");
    world.pass(Duration.ofMinutes(4));
    golden("deployment-stuck");
  }

  @Test
  void aDeploymentThatRollsBack() throws Exception {
    steady();
    web.deploy(second);
    world.pass(HALF_A_MINUTE);
    web.failDeployment("ECS deployment circuit breaker: tasks failed to start.");
    web.event("(service web) (deployment ecs-svc/1) deployment failed: tasks failed to start.");
    web.rollBack();
    world.pass(HALF_A_MINUTE);
    golden("deployment-rolls-back");

    web.completeDeployment();
    world.pass(Duration.ofMinutes(4));
    golden("deployment-rolled-back");
  }

  @Test
  void aCrashLoopThatEcsItselfReportsNothingOf() throws Exception {
    steady();
    for (int i = 0; i < 5; i++) {
      EcsTaskDouble task = run(web.startTask());
      task.container("app").set("reason", "OutOfMemoryError: Container killed due to memory usage");
      task.stopping("EssentialContainerExited", "Essential container in task exited").stopped(137);
      world.pass(HALF_A_MINUTE);
    }
    world.pass(Duration.ofMinutes(4));
    golden("crash-loop");
  }

  @Test
  void aSpotInterruption() throws Exception {
    steady();
    tasks
        .get(0)
        .launchType("FARGATE")
        .capacityProvider("FARGATE_SPOT")
        .stopping("SpotInterruption", "Your Spot Task was interrupted.")
        .stopped(143);
    web.event(
        "(service web) was unable to place a task. Reason: Capacity is unavailable at this time."
            + " Please try again later or in a different availability zone.");
    world.pass(Duration.ofMinutes(4));
    golden("spot-interruption");
  }

  @Test
  void promtoolHasNothingToSay() throws Exception {
    Promtool.assumePresent();
    aSpotInterruption();

    assertThat(Promtool.complaints(world.text())).isEmpty();
  }
}
