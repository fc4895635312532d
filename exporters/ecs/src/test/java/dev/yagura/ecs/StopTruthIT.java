package dev.yagura.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.Sample;
import dev.yagura.testing.aws.EcsContainer;
import dev.yagura.testing.aws.EcsServiceDouble;
import dev.yagura.testing.aws.EcsTaskDouble;
import dev.yagura.testing.aws.Fault;
import dev.yagura.testing.aws.SqsQueueDouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * An hour in which tasks start and stop at random, told by polls and events that are lost, come
 * late, twice and out of order, while the exporter is restarted and AWS throttles: every stop is
 * counted once, with its reason, and no counter ever goes back.
 */
class StopTruthIT {
  private static final Duration STEP = Duration.ofSeconds(10);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final List<End> ENDS = List.of(End.values());

  /** How a task may end, and what that is to be counted as. */
  private enum End {
    CRASH(
        "EssentialContainerExited",
        "Essential container in task exited",
        "",
        1,
        "essential_container_exited"),
    MEMORY(
        "EssentialContainerExited",
        "Essential container in task exited",
        "OutOfMemoryError: Container killed due to memory usage",
        137,
        "out_of_memory"),
    SPOT("SpotInterruption", "Your Spot Task was interrupted.", "", 143, "spot_interruption"),
    USER("UserInitiated", "Task stopped by user", "", 0, "user_initiated"),
    // Not known to the SDK.
    HOST("InfrastructureHealth", "", "", 143, "infrastructure_health"),
    RIDDLE("TaskFailedToStart", "Something that nobody has ever seen", "", 3, "other");

    private final String code;
    private final String text;
    private final String containerText;
    private final int exitCode;
    private final String reason;

    End(String code, String text, String containerText, int exitCode, String reason) {
      this.code = code;
      this.text = text;
      this.containerText = containerText;
      this.exitCode = exitCode;
      this.reason = reason;
    }
  }

  /** Which ways there are to learn of a stop. */
  private enum Ways {
    POLLS,
    EVENTS,
    BOTH
  }

  private record Labels(String service, String code, String reason, String exitCode) {}

  private record Late(Instant due, String body) {}

  private static final class Hour implements AutoCloseable {
    private final Random random;
    private final Ways ways;
    private final Path folder;
    private final EcsWorld world;
    private final SqsQueueDouble queue;
    private final List<EcsServiceDouble> services = new ArrayList<>();
    private final List<EcsTaskDouble> alive = new ArrayList<>();
    private final Map<EcsTaskDouble, String> serviceOf = new HashMap<>();
    private final List<Late> late = new ArrayList<>();
    private final Map<Labels, Long> truth = new HashMap<>();
    private final Map<Labels, Double> last = new HashMap<>();

    Hour(long seed, Ways ways) throws IOException {
      this.random = new Random(seed);
      this.ways = ways;
      this.folder = Files.createTempDirectory("stops");
      String url = "https://sqs." + EcsWorld.REGION + ".amazonaws.com/123456789012/ecs-events";
      String events = ways == Ways.POLLS ? "" : ", events: {queue_url: \"" + url + "\"}";
      this.world = new EcsWorld("state_dir: \"" + folder + "\"" + events);
      this.queue = world.sqs().queue("ecs-events").shuffle(seed);
      for (String name : List.of("web", "jobs")) {
        String definition = world.ecs().taskDefinition(name, EcsContainer.named("app"));
        services.add(world.cluster(name + "-cluster").service(name).desired(3).deploy(definition));
      }
      world.start().poll();
      if (ways == Ways.EVENTS) {
        denyTasks();
      }
    }

    private void denyTasks() {
      world.aws.fail(Fault.denied(), call -> call.operation().equals("ListTasks"));
    }

    void pass() {
      Instant end = world.clock.instant().plus(HOUR);
      while (world.clock.instant().isBefore(end)) {
        world.clock.advance(STEP);
        live();
        deliver(world.clock.instant());
        trouble();
        world.poll();
        look();
      }
    }

    private void live() {
      if (alive.size() < 12 && chance(0.3)) {
        EcsServiceDouble service = services.get(random.nextInt(services.size()));
        EcsTaskDouble task = service.startTask();
        alive.add(task);
        serviceOf.put(task, service.name());
        tell(task);
      }
      for (EcsTaskDouble task : List.copyOf(alive)) {
        if (chance(0.2)) {
          tell(task.pulling());
          tell(task.pulled());
          tell(task.running());
        } else if (chance(0.15)) {
          stop(task, ENDS.get(random.nextInt(ENDS.size())));
        }
      }
    }

    private void stop(EcsTaskDouble task, End end) {
      alive.remove(task);
      if (!end.containerText.isEmpty()) {
        task.container("app").set("reason", end.containerText);
      }
      tell(task.stopping(end.code, end.text));
      tell(task.stopped(end.exitCode));
      truth.merge(
          new Labels(
              serviceOf.getOrDefault(task, ""),
              end.code,
              end.reason,
              Integer.toString(end.exitCode)),
          1L,
          Long::sum);
    }

    /** EventBridge delivers at least once; in this world it also loses some, but for the poll. */
    private void tell(EcsTaskDouble task) {
      if (ways == Ways.POLLS || (ways == Ways.BOTH && chance(0.3))) {
        return;
      }
      String body = task.event();
      for (int times = chance(0.2) ? 2 : 1; times > 0; times--) {
        Duration by = Duration.ofSeconds(chance(0.2) ? random.nextInt(1500) : random.nextInt(20));
        late.add(new Late(world.clock.instant().plus(by), body));
      }
    }

    private void deliver(Instant until) {
      for (Late each : List.copyOf(late)) {
        if (!each.due().isAfter(until)) {
          late.remove(each);
          queue.send(each.body());
        }
      }
      if (chance(0.05)) {
        queue.duplicate();
        queue.send("{\"hello\": \"I am none of yours\"}");
      }
    }

    private void trouble() {
      if (chance(0.02)) {
        String operation =
            List.of("ListTasks", "DescribeTasks", "DeleteMessageBatch", "ReceiveMessage")
                .get(random.nextInt(4));
        world.aws.fail(Fault.throttled(), call -> call.operation().equals(operation));
      }
      if (chance(0.02)) {
        world.aws.fail(Fault.internalError(), call -> random.nextInt(3) == 0);
      }
      if (chance(0.05)) {
        heal();
      }
      if (chance(0.01)) {
        world.stop();
        for (int i = random.nextInt(60); i > 0; i--) {
          world.clock.advance(STEP);
          live();
        }
        world.start();
      } else if (chance(0.01)) {
        world.reload();
      }
    }

    private void heal() {
      world.aws.heal();
      if (ways == Ways.EVENTS) {
        denyTasks();
      }
    }

    private boolean chance(double probability) {
      return random.nextDouble() < probability;
    }

    private void look() {
      Map<Labels, Double> now = shown();
      last.forEach(
          (labels, value) -> {
            if (now.containsKey(labels)) {
              assertThat(now.get(labels)).as("%s", labels).isGreaterThanOrEqualTo(value);
            }
          });
      last.putAll(now);
    }

    private Map<Labels, Double> shown() {
      ParsedExposition scraped = world.scrape();
      Map<Labels, Double> shown = new HashMap<>();
      for (Sample sample : scraped.samples("ecs_tasks_stopped_total")) {
        shown.put(
            new Labels(
                sample.label("service"),
                sample.label("stop_code"),
                sample.label("reason"),
                sample.label("exit_code")),
            sample.value());
      }
      return shown;
    }

    /** When all has gone well for a while, and nothing is under way any more. */
    void settle() {
      heal();
      deliver(Instant.MAX);
      for (int i = 0; i < 30; i++) {
        world.clock.advance(STEP);
        world.poll();
        look();
      }
    }

    void check() {
      Map<Labels, Double> expected = new HashMap<>();
      truth.forEach((labels, count) -> expected.put(labels, (double) count));
      assertThat(shown()).isEqualTo(expected);
      assertThat(truth.values().stream().mapToLong(each -> each).sum()).isGreaterThan(50);
    }

    @Override
    public void close() throws IOException {
      world.close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void hour(long seed, Ways ways) throws IOException {
    try (Hour hour = new Hour(seed, ways)) {
      hour.pass();
      hour.settle();
      hour.check();
    }
  }

  @Property(tries = 4, shrinking = ShrinkingMode.OFF)
  void everyStopIsCountedOnceByPollsAndEvents(@ForAll long seed) throws IOException {
    hour(seed, Ways.BOTH);
  }

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void everyStopIsCountedOnceByPollsAlone(@ForAll long seed) throws IOException {
    hour(seed, Ways.POLLS);
  }

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void everyStopIsCountedOnceByEventsAlone(@ForAll long seed) throws IOException {
    hour(seed, Ways.EVENTS);
  }
}
