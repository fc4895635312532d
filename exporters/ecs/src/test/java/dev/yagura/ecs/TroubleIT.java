package dev.yagura.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.Sample;
import dev.yagura.testing.aws.EcsClusterDouble;
import dev.yagura.testing.aws.EcsContainer;
import dev.yagura.testing.aws.EcsServiceDouble;
import dev.yagura.testing.aws.EcsTaskDouble;
import dev.yagura.testing.aws.Fault;
import dev.yagura.testing.aws.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is shown when AWS is not as one would like it. */
class TroubleIT {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final EcsWorld world = new EcsWorld("load_balancers: []");
  private final String definition =
      world.ecs().taskDefinition("app", EcsContainer.named("app").image("app:1"));

  @AfterEach
  void end() {
    world.close();
  }

  private EcsServiceDouble service(String cluster, String name) {
    return world.cluster(cluster).service(name).desired(1).deploy(definition);
  }

  private static String target(String cluster) {
    return EcsWorld.PLACE + "/" + cluster;
  }

  @Test
  void aClusterThatIsDeniedIsAbsentAndTheOtherFourAreThere() {
    for (int i = 1; i <= 5; i++) {
      service("c" + i, "web").startTask().running();
    }
    world.aws.fail(
        Fault.denied(),
        call -> call.cluster().endsWith("c3") && !call.operation().equals("DescribeClusters"));
    world.start().poll();

    ParsedExposition scraped = world.scrape();
    assertThat(scraped.samples("ecs_service_desired_tasks"))
        .extracting(sample -> sample.label("cluster"))
        .containsExactlyInAnyOrder("c1", "c2", "c4", "c5");
    assertThat(scraped.samples("ecs_tasks")).hasSize(4);
    assertThat(scraped.value("ecs_up")).hasValue(1);
    for (String scraper : List.of("services", "tasks")) {
      assertThat(
              scraped.value(
                  "yagura_scrape_failures_total",
                  "target",
                  target("c3"),
                  "scraper",
                  scraper,
                  "reason",
                  "denied"))
          .hasValue(1);
      assertThat(scraped.value("yagura_scrape_success", "target", target("c3"), "scraper", scraper))
          .hasValue(0);
      assertThat(scraped.value("yagura_scrape_success", "target", target("c1"), "scraper", scraper))
          .hasValue(1);
    }
  }

  @Test
  void whenAllIsThrottledTheLastAnswerStaysUntilItIsTooOld() {
    service("main", "web").startTask().running();
    world.start().poll();
    world.aws.fail(Fault.throttled());

    world.pass(MINUTE.multipliedBy(2));
    ParsedExposition young = world.scrape();
    assertThat(young.value("ecs_service_running_tasks")).hasValue(1);
    assertThat(young.value("ecs_up")).hasValue(0);
    assertThat(young.value("yagura_snapshot_age_seconds", "scraper", "services").orElseThrow())
        .isGreaterThan(100);

    world.pass(MINUTE.multipliedBy(5));
    ParsedExposition old = world.scrape();
    assertThat(old.samples("ecs_service_running_tasks")).isEmpty();
    assertThat(old.samples("ecs_tasks")).isEmpty();
    assertThat(
            old.value("yagura_scrape_failures_total", "scraper", "services", "reason", "throttled")
                .orElseThrow())
        .isGreaterThan(0);

    world.aws.heal();
    world.pass(MINUTE.multipliedBy(4));
    assertThat(world.scrape().value("ecs_service_running_tasks")).hasValue(1);
  }

  @Test
  void aClusterThatIsDeletedWhileItIsLookedAtIsGoneAndNoFailure() {
    EcsServiceDouble web = service("main", "web");
    web.startTask().running();
    EcsClusterDouble doomed = world.cluster("doomed");
    service("doomed", "web").startTask().running();
    world.start().poll();
    boolean[] deleted = {false};
    world.aws.fail(
        Fault.denied(),
        call -> {
          if (call.operation().equals("DescribeServices") && call.cluster().endsWith("doomed")) {
            deleted[0] = true;
            doomed.delete();
          }
          return false;
        });

    world.clock.advance(Duration.ofSeconds(30));
    world.poll();

    assertThat(deleted[0]).isTrue();
    ParsedExposition scraped = world.scrape();
    assertThat(scraped.samples("yagura_scrape_success"))
        .allSatisfy(sample -> assertThat(sample.value()).as("%s", sample).isEqualTo(1));
    assertThat(scraped.samples("ecs_service_desired_tasks")).hasSize(1);

    world.pass(MINUTE);
    assertThat(world.scrape().samples("yagura_scrape_success"))
        .extracting(sample -> sample.label("target"))
        .doesNotContain(target("doomed"))
        .contains(target("main"));
  }

  @Test
  void aServiceOfAHundredDeploymentsHasAsManySeriesAsOneOfFew() {
    EcsServiceDouble web = service("main", "web");
    world.start().poll();
    int before = world.scrape().samples().size();
    List<Fields> deployments = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      deployments.add(
          new Fields()
              .set("id", "ecs-svc/" + i)
              .set("status", i == 0 ? "PRIMARY" : "ACTIVE")
              .set("rolloutState", i % 2 == 0 ? "IN_PROGRESS" : "COMPLETED")
              .set("taskDefinition", definition)
              .set("desiredCount", i)
              .set("runningCount", i)
              .set("pendingCount", 0)
              .set("failedTasks", 0)
              .set("createdAt", world.clock.instant())
              .set("updatedAt", world.clock.instant()));
    }
    web.fields().list("deployments", "member", deployments);
    world.pass(MINUTE);

    ParsedExposition scraped = world.scrape();
    assertThat(scraped.samples("ecs_service_deployments"))
        .extracting(Sample::value)
        .containsExactlyInAnyOrder(1.0, 49.0, 50.0);
    assertThat(scraped.samples().size()).isLessThan(before + 20);
  }

  @Test
  void fiveThousandTasksOfAMinuteAreAFewSeriesAndAllAreCounted() {
    EcsServiceDouble web = service("main", "web").desired(5_000);
    world.start().poll();
    world.pass(MINUTE);
    List<EcsTaskDouble> tasks =
        IntStream.range(0, 5_000).mapToObj(i -> web.startTask().running()).toList();
    world.pass(MINUTE);
    assertThat(world.scrape().value("ecs_tasks", "last_status", "RUNNING")).hasValue(5_000);

    tasks.forEach(task -> task.stopping("EssentialContainerExited", "").stopped(1));
    world.pass(MINUTE.multipliedBy(4));

    ParsedExposition scraped = world.scrape();
    assertThat(scraped.value("ecs_tasks_stopped_total", "exit_code", "1")).hasValue(5_000);
    assertThat(scraped.samples("ecs_tasks")).isEmpty();
    assertThat(scraped.samples().size()).isLessThan(150);
    assertThat(scraped.value("ecs_task_start_phase_duration_seconds_count", "phase", "provision"))
        .hasValue(5_000);
  }

  @Test
  void aStopOfWhichNothingIsKnownIsCountedAsWhatIsKnownOfIt() {
    EcsServiceDouble web = service("main", "web");
    world.start().poll();
    EcsTaskDouble silent = web.startTask().running().stopping("EssentialContainerExited", "x");
    silent.stopped();
    silent.fields().set("stoppedReason", null);
    silent.container("app").set("exitCode", null).set("reason", null);
    web.startTask().running().stopping("ANewCodeOfAws", "for no reason").stopped(7);
    world.pass(MINUTE.multipliedBy(4));

    assertThat(world.scrape().samples("ecs_tasks_stopped_total"))
        .extracting(
            sample ->
                String.join(
                    " ",
                    sample.label("stop_code"),
                    sample.label("reason"),
                    "[" + sample.label("exit_code") + "]",
                    Double.toString(sample.value())))
        .containsExactlyInAnyOrder(
            "EssentialContainerExited essential_container_exited [] 1.0", "other other [7] 1.0");
  }

  @Test
  void stopsFromBeforeItBeganAreNotCounted() {
    EcsServiceDouble web = service("main", "web");
    web.startTask().running().stopping("UserInitiated", "Task stopped by user").stopped(0);
    world.clock.advance(MINUTE);
    world.start().poll();
    world.pass(MINUTE.multipliedBy(4));

    assertThat(world.scrape().samples("ecs_tasks_stopped_total")).isEmpty();
  }

  @Test
  void aReloadGoesOnCountingWhereThereIsNoStateFolder() {
    EcsServiceDouble web = service("main", "web");
    world.reload().poll();
    web.startTask().running().stopping("UserInitiated", "Task stopped by user").stopped(0);
    world.pass(MINUTE.multipliedBy(4));
    assertThat(world.scrape().value("ecs_tasks_stopped_total")).hasValue(1);

    world.reload().poll();
    assertThat(world.scrape().value("ecs_tasks_stopped_total")).hasValue(1);
    web.startTask().running().stopping("UserInitiated", "Task stopped by user").stopped(0);
    world.pass(MINUTE);
    assertThat(world.scrape().value("ecs_tasks_stopped_total")).hasValue(2);
  }

  @Test
  void aServiceThatIsDeletedLeavesNoGauges() {
    EcsServiceDouble web = service("main", "web");
    service("main", "jobs");
    world.start().poll();
    web.delete();
    world.pass(MINUTE);

    assertThat(world.scrape().samples("ecs_service_desired_tasks"))
        .extracting(sample -> sample.label("service"))
        .containsExactly("jobs");
  }

  @Test
  void aTaskThatHasStoppedIsDescribedOnceAndNotAgainAfterARestart() {
    EcsServiceDouble web = service("main", "web");
    world.reload().poll();
    for (int i = 0; i < 300; i++) {
      web.startTask().running().stopping("UserInitiated", "Task stopped by user").stopped(0);
    }
    world.pass(MINUTE);
    assertThat(world.aws.count("DescribeTasks")).isEqualTo(3);
    world.pass(MINUTE.multipliedBy(5));
    world.reload().poll();
    world.pass(MINUTE);
    assertThat(world.aws.count("DescribeTasks")).isEqualTo(3);
    assertThat(world.scrape().value("ecs_tasks_stopped_total")).hasValue(300);
  }
}
