package dev.yagura.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.yagura.core.page.Note;
import dev.yagura.ecs.tally.Tally;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.aws.EcsContainer;
import dev.yagura.testing.aws.EcsServiceDouble;
import dev.yagura.testing.aws.EcsTaskDouble;
import dev.yagura.testing.aws.Fault;
import dev.yagura.testing.aws.SqsQueueDouble;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What EventBridge tells through a queue. */
class EventsIT {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String QUEUE =
      "https://sqs." + EcsWorld.REGION + ".amazonaws.com/123456789012/ecs-events";

  private final EcsWorld world =
      new EcsWorld("load_balancers: [], events: {queue_url: \"" + QUEUE + "\"}");
  private final SqsQueueDouble queue = world.sqs().queue("ecs-events");
  private final EcsServiceDouble web =
      world
          .cluster("main")
          .service("web")
          .desired(1)
          .deploy(world.ecs().taskDefinition("web", EcsContainer.named("app")));

  @BeforeEach
  void begin() {
    world.start().poll();
  }

  @AfterEach
  void end() {
    world.close();
  }

  private void denyPolls() {
    world.aws.fail(Fault.denied(), call -> call.operation().equals("ListTasks"));
  }

  private OptionalDouble events(String type, String outcome) {
    return world.scrape().value("ecs_events_total", "type", type, "outcome", outcome);
  }

  private OptionalDouble stops() {
    return world.scrape().value("ecs_tasks_stopped_total");
  }

  private EcsTaskDouble stopped() {
    return web.startTask().running().stopping("UserInitiated", "Task stopped by user").stopped(0);
  }

  @Test
  void aStopThatNoPollEverSeesIsCounted() {
    denyPolls();
    queue.send(stopped().event());
    world.pass(MINUTE.multipliedBy(4));

    assertThat(stops()).hasValue(1);
    assertThat(events("task", "applied")).hasValue(1);
    assertThat(world.scrape().value("ecs_stops_found_total", "teller", "event")).hasValue(1);
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void theMetricsSayWhichModeRuns() {
    assertThat(world.scrape().value("ecs_stop_counting_info", "source", "events")).hasValue(1);
  }

  @Test
  void aStopThatComesTwiceCountsOnceAndSoDoesOneThatAPollSawBefore() {
    EcsTaskDouble task = stopped();
    world.pass(MINUTE);
    queue.send(task.event());
    queue.send(task.event());
    world.pass(MINUTE.multipliedBy(4));

    assertThat(stops()).hasValue(1);
    assertThat(events("task", "repeated")).hasValue(2);
    assertThat(world.scrape().value("ecs_stops_found_total", "teller", "poll")).hasValue(1);
  }

  @Test
  void eventsOutOfOrderTellTheSameAsInOrder() {
    denyPolls();
    EcsTaskDouble task = web.startTask();
    String created = task.event();
    world.clock.advance(Duration.ofSeconds(10));
    String pulling = task.pulling().event();
    world.clock.advance(Duration.ofSeconds(20));
    String running = task.pulled().running().event();
    String stopped = task.stopping("UserInitiated", "Task stopped by user").stopped(0).event();
    queue.send(stopped);
    queue.send(running);
    queue.send(created);
    queue.send(pulling);
    world.pass(MINUTE.multipliedBy(4));

    assertThat(stops()).hasValue(1);
    ParsedExposition scraped = world.scrape();
    assertThat(scraped.value("ecs_task_start_phase_duration_seconds_sum", "phase", "provision"))
        .hasValue(10);
    assertThat(scraped.value("ecs_task_start_phase_duration_seconds_sum", "phase", "pull"))
        .hasValue(20);
    assertThat(scraped.value("ecs_task_start_phase_duration_seconds_count", "phase", "pull"))
        .hasValue(1);
  }

  @Test
  void aMessageThatIsNoEventStaysForTheDeadLetterQueue() {
    SqsQueueDouble dead = world.sqs().queue("dead");
    queue.deadLetter(dead, 2);
    queue.send("{\"Records\": []}");
    queue.send("no JSON");
    queue.send(stopped().event());
    world.pass(MINUTE.multipliedBy(6));

    assertThat(stops()).hasValue(1);
    assertThat(events("other", "unusable")).hasValue(4);
    assertThat(queue.isEmpty()).isTrue();
    assertThat(dead.visible()).isEqualTo(2);
    assertThat(world.scrape().value("yagura_scrape_success", "scraper", "events")).hasValue(1);
  }

  @Test
  void anEventInAnEnvelopeOfSnsIsOneToo() throws Exception {
    denyPolls();
    queue.send(
        new ObjectMapper()
            .writeValueAsString(Map.of("Type", "Notification", "Message", stopped().event())));
    world.pass(MINUTE.multipliedBy(4));

    assertThat(stops()).hasValue(1);
  }

  @Test
  void anEventOfAClusterThatIsNotWatchedIsTakenAndCountsNothing() {
    String body = stopped().event().replace("cluster/main", "cluster/other");
    denyPolls();
    queue.send(body);
    world.pass(MINUTE);

    assertThat(events("task", "not_watched")).hasValue(1);
    assertThat(stops()).isEmpty();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void aServiceEventThatPollAndEventTellIsOne() {
    String text =
        "(service web) was unable to place a task. Reason: Capacity is unavailable at"
            + " this time. Please try again later or in a different availability zone.";
    web.event(text);
    world.clock.advance(Duration.ofSeconds(3));
    queue.send(web.actionEvent("ERROR", "SERVICE_TASK_PLACEMENT_FAILURE", "RESOURCE:FARGATE"));
    world.pass(MINUTE.multipliedBy(4));

    ParsedExposition scraped = world.scrape();
    assertThat(scraped.value("ecs_service_events_total", "name", "SERVICE_TASK_PLACEMENT_FAILURE"))
        .hasValue(1);
    assertThat(scraped.value("ecs_placement_failures_total", "reason", "fargate_capacity"))
        .hasValue(1);

    web.event(text);
    queue.send(web.deploymentEvent("ERROR", "SERVICE_DEPLOYMENT_FAILED", "tasks failed to start."));
    queue.send(web.actionEvent("INFO", "SERVICE_STEADY_STATE", null));
    world.pass(MINUTE.multipliedBy(4));
    assertThat(
            world.scrape().value("ecs_service_events_total", "name", "SERVICE_DEPLOYMENT_FAILED"))
        .hasValue(1);
    assertThat(events("service_action", "ignored")).hasValue(1);
    assertThat(
            world
                .scrape()
                .value("ecs_service_events_total", "name", "SERVICE_TASK_PLACEMENT_FAILURE"))
        .as("minutes later it is another one")
        .hasValue(2);
  }

  @Test
  void nothingIsTakenFromTheQueueBeforeTheClustersAreKnown() {
    world.stop();
    world.aws.fail(Fault.throttled(), call -> call.operation().equals("ListClusters"));
    queue.send(stopped().event());
    world.start().poll();
    world.pass(MINUTE);
    assertThat(queue.visible()).isEqualTo(1);
    assertThat(world.aws.count("ReceiveMessage")).isPositive();

    world.aws.heal();
    world.pass(MINUTE.multipliedBy(4));
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void aQueueThatCannotBeReadIsAFailureAndPollsGoOn() {
    world.aws.fail(Fault.denied(), call -> call.service().equals("sqs"));
    stopped();
    world.pass(MINUTE.multipliedBy(4));

    ParsedExposition scraped = world.scrape();
    assertThat(scraped.value("yagura_scrape_success", "scraper", "events")).hasValue(0);
    assertThat(
            scraped
                .value("yagura_scrape_failures_total", "scraper", "events", "reason", "denied")
                .orElseThrow())
        .isPositive();
    assertThat(stops()).hasValue(1);
  }

  @Test
  void aMessageStaysInTheQueueUntilWhatItSaysIsSaved(@TempDir Path folder) throws Exception {
    world.stop();
    try (EcsWorld other =
        new EcsWorld(
            "load_balancers: [], state_dir: \"%s\", events: {queue_url: \"%s\"}"
                .formatted(folder, QUEUE))) {
      SqsQueueDouble its = other.sqs().queue("ecs-events");
      EcsServiceDouble service =
          other
              .cluster("main")
              .service("web")
              .desired(1)
              .deploy(other.ecs().taskDefinition("web", EcsContainer.named("app")));
      try (Tally holder = Tally.in(folder, other.clock, other.clock, other.clock)) {
        holder.of(EcsWorld.PLACE, "main").begin();
        other.start().poll();
        its.send(
            service.startTask().running().stopping("UserInitiated", "stopped").stopped().event());
        other.pass(MINUTE);
        assertThat(its.isEmpty()).isFalse();
        assertThat(
                other
                    .scrape()
                    .value("yagura_scrape_failures_total", "scraper", "events")
                    .orElseThrow())
            .isPositive();
      }
      other.pass(MINUTE.multipliedBy(4));
      assertThat(its.isEmpty()).isTrue();
      assertThat(other.scrape().value("ecs_tasks_stopped_total")).hasValue(1);
    }
  }

  @Test
  void severalEventsOfOneSecondAreSeveralAndEachHasOneTwinAtMost() {
    String text =
        "(service web) was unable to place a task because no container instance met all"
            + " of its requirements. The closest matching (container-instance i-1) has insufficient"
            + " memory available.";
    for (int i = 0; i < 3; i++) {
      web.event(text);
    }
    String once = web.actionEvent("ERROR", "SERVICE_TASK_PLACEMENT_FAILURE", "RESOURCE:MEMORY");
    queue.send(once);
    queue.send(once);
    queue.send(web.actionEvent("ERROR", "SERVICE_TASK_PLACEMENT_FAILURE", "RESOURCE:MEMORY"));
    world.pass(MINUTE.multipliedBy(4));

    assertThat(world.scrape().value("ecs_placement_failures_total", "reason", "memory"))
        .hasValue(3);
    assertThat(world.scrape().value("ecs_service_events_total")).hasValue(3);
  }

  @Test
  void aBacklogFromBeforeTheExporterFirstBeganIsNotCounted() {
    world.stop();
    queue.send(stopped().event());
    world.clock.advance(MINUTE.multipliedBy(5));
    denyPolls();
    world.start().poll();
    world.pass(MINUTE.multipliedBy(4));

    assertThat(queue.isEmpty()).isTrue();
    assertThat(stops()).isEmpty();
    assertThat(world.scrape().value("ecs_stops_too_old_total")).hasValue(1);
  }

  @Test
  void whileTheQueueCannotBeReadTheMetricsSayThatPollsAreAllThereIs() {
    world.aws.fail(Fault.denied(), call -> call.service().equals("sqs"));
    world.pass(MINUTE);
    assertThat(world.scrape().value("ecs_stop_counting_info", "source", "poll")).hasValue(1);
    assertThat(world.exporter().notes())
        .anyMatch(note -> note.state() == Note.State.BAD && note.text().contains("not read"));

    world.aws.heal();
    world.pass(MINUTE.multipliedBy(4));
    assertThat(world.scrape().value("ecs_stop_counting_info", "source", "events")).hasValue(1);
  }

  @Test
  void anEventThatComesHoursLaterMeasuresNoStartAgain() {
    EcsTaskDouble task = web.startTask();
    world.clock.advance(Duration.ofSeconds(10));
    String running = task.pulling().pulled().running().event();
    task.stopping("UserInitiated", "Task stopped by user").stopped(0);
    world.pass(MINUTE);
    world.pass(Duration.ofHours(2));
    queue.send(running);
    world.pass(MINUTE);

    assertThat(
            world
                .scrape()
                .value("ecs_task_start_phase_duration_seconds_count", "phase", "provision"))
        .hasValue(1);
    assertThat(stops()).hasValue(1);
  }
}
