package dev.yagura.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.testing.LeakCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.NetworkBinding;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;

class AwsEcsTasksTest {
  @RegisterExtension final LeakCheck leaks = LeakCheck.allowing(Bed.KEEP_ALIVE);

  private final Bed bed = new Bed();
  private final EcsDouble model = bed.aws.account().ecs(Bed.REGION);
  private final EcsClient client = bed.client(EcsClient.builder());
  private final EcsClusterDouble cluster = model.cluster("shop");
  private final String definition = model.taskDefinition("web", EcsContainer.named("web"));

  @AfterEach
  void close() {
    bed.close();
  }

  private EcsServiceDouble service() {
    return cluster.service("web").deploy(definition).completeDeployment();
  }

  private Task read(EcsTaskDouble task) {
    return client.describeTasks(r -> r.cluster("shop").tasks(task.arn())).tasks().get(0);
  }

  private List<String> listed(DesiredStatus status) {
    return client.listTasks(r -> r.cluster("shop").desiredStatus(status)).taskArns();
  }

  private Instant later() {
    bed.clock.advance(Duration.ofSeconds(1));
    return bed.clock.instant();
  }

  @Test
  void aTaskSaysWhenEachStepOfItsLifeWas() {
    EcsServiceDouble service = service();
    EcsTaskDouble task = service.startTask();
    Task created = read(task);
    assertThat(created.lastStatus()).isEqualTo("PROVISIONING");
    assertThat(created.createdAt()).isEqualTo(Bed.NOON);
    assertThat(created.version()).isEqualTo(1);
    assertThat(created.group()).isEqualTo("service:web");
    assertThat(created.startedBy())
        .matches("ecs-svc/\\d+")
        .isEqualTo(service.deployment().text("id"));
    Instant pulling = later();
    task.pulling();
    Instant pulled = later();
    task.pulled();
    Instant running = later();
    task.running();
    Instant healthy = later();
    task.healthy();
    Task alive = read(task);
    assertThat(alive.connectivityAt()).isEqualTo(pulling);
    assertThat(alive.pullStartedAt()).isEqualTo(pulling);
    assertThat(alive.pullStoppedAt()).isEqualTo(pulled);
    assertThat(alive.startedAt()).isEqualTo(running).isBefore(healthy);
    assertThat(alive.lastStatus()).isEqualTo("RUNNING");
    assertThat(alive.healthStatusAsString()).isEqualTo("HEALTHY");
    assertThat(alive.containers().get(0).imageDigest()).startsWith("sha256:");
    assertThat(alive.version()).isEqualTo(5);
    Instant stopping = later();
    task.stopping("ServiceSchedulerInitiated", "Task failed ELB health checks");
    assertThat(read(task).desiredStatus()).isEqualTo("STOPPED");
    Instant stopped = later();
    task.stopped(143);
    Task dead = read(task);
    assertThat(dead.stoppingAt()).isEqualTo(stopping);
    assertThat(dead.executionStoppedAt()).isEqualTo(stopped);
    assertThat(dead.stoppedAt()).isEqualTo(stopped);
    assertThat(dead.lastStatus()).isEqualTo("STOPPED");
    assertThat(dead.stopCodeAsString()).isEqualTo("ServiceSchedulerInitiated");
    assertThat(dead.stoppedReason()).isEqualTo("Task failed ELB health checks");
    assertThat(dead.containers().get(0).exitCode()).isEqualTo(143);
    assertThat(dead.version()).isEqualTo(7);
  }

  @Test
  void aTaskThatEndsByItselfFailedToStartOrEndedWithItsContainer() {
    EcsTaskDouble never = service().startTask().stopped();
    assertThat(read(never).stopCodeAsString()).isEqualTo("TaskFailedToStart");
    assertThat(read(never).executionStoppedAt()).isNull();
    EcsTaskDouble ran = cluster.runTask(definition, "family:web").running().stopped(1);
    assertThat(read(ran).stopCodeAsString()).isEqualTo("EssentialContainerExited");
    assertThat(read(ran).startedBy()).isNull();
  }

  @Test
  void tasksAreListedByWhatIsDesiredOfThem() {
    EcsTaskDouble pending = service().startTask();
    EcsTaskDouble leaving = service().startTask().running().stopping("UserInitiated", "enough");
    EcsTaskDouble other = cluster.runTask(definition, "family:web").running();
    assertThat(client.listTasks(r -> r.cluster("shop")).taskArns())
        .containsExactly(pending.arn(), other.arn());
    assertThat(listed(DesiredStatus.RUNNING)).containsExactly(pending.arn(), other.arn());
    assertThat(listed(DesiredStatus.STOPPED)).containsExactly(leaving.arn());
    assertThat(client.listTasks(r -> r.cluster("shop").serviceName("web")).taskArns())
        .containsExactly(pending.arn());
    String startedBy = String.valueOf(pending.fields().text("startedBy"));
    assertThat(client.listTasks(r -> r.cluster("shop").startedBy(startedBy)).taskArns())
        .containsExactly(pending.arn());
    assertThat(client.listTasks(r -> r.cluster("shop").family("web")).taskArns()).hasSize(2);
    assertThat(client.listTasks(r -> r.cluster("shop").family("we")).taskArns()).isEmpty();
    assertThatThrownBy(() -> client.listTasks(r -> r.cluster("shop").serviceName("unheard")))
        .isInstanceOf(ServiceNotFoundException.class);
  }

  @Test
  void aStoppedTaskIsShownForAnHourAndMissingAfterwards() {
    EcsTaskDouble task = service().startTask().running().stopped(0);
    bed.clock.advance(Duration.ofMinutes(59));
    assertThat(listed(DesiredStatus.STOPPED)).containsExactly(task.arn());
    assertThat(read(task).lastStatus()).isEqualTo("STOPPED");
    bed.clock.advance(Duration.ofMinutes(1));
    assertThat(listed(DesiredStatus.STOPPED)).isEmpty();
    assertThat(client.describeTasks(r -> r.cluster("shop").tasks(task.arn())).failures())
        .containsExactly(Failure.builder().arn(task.arn()).reason("MISSING").build());
  }

  @Test
  void noMoreThanAHundredTasksAreDescribedAtOnceAndTagsOnlyWhenAskedFor() {
    EcsTaskDouble task =
        service().startTask().tag("team", "shop").availabilityZone("eu-central-1b");
    List<String> many = IntStream.range(0, 101).mapToObj(i -> "t" + i).toList();
    assertThatThrownBy(() -> client.describeTasks(r -> r.cluster("shop").tasks(many)))
        .isInstanceOf(InvalidParameterException.class);
    assertThat(read(task).tags()).isEmpty();
    assertThat(read(task).availabilityZone()).isEqualTo("eu-central-1b");
    assertThat(
            client
                .describeTasks(r -> r.cluster("shop").tasks(task.arn()).include(TaskField.TAGS))
                .tasks()
                .get(0)
                .tags())
        .containsExactly(Tag.builder().key("team").value("shop").build());
  }

  @Test
  void aTaskOfItsOwnInterfaceHasItsAddressInTheAttachmentAndInEveryContainer() {
    Task read = read(service().startTask().privateIp("10.1.2.3").running());
    assertThat(read.launchTypeAsString()).isEqualTo("FARGATE");
    assertThat(read.attachments().get(0).type()).isEqualTo("ElasticNetworkInterface");
    assertThat(read.attachments().get(0).status()).isEqualTo("ATTACHED");
    assertThat(read.attachments().get(0).details())
        .contains(KeyValuePair.builder().name("privateIPv4Address").value("10.1.2.3").build())
        .extracting(KeyValuePair::name)
        .contains("subnetId", "networkInterfaceId");
    assertThat(read.containers().get(0).networkInterfaces().get(0).privateIpv4Address())
        .isEqualTo("10.1.2.3");
  }

  @Test
  void aTaskInBridgeModeHasPortsOfItsHost() {
    String bridge =
        model.taskDefinition(
            "app", "bridge", Map.of(), EcsContainer.named("app").port(80, 8080).port(90, 0));
    Task read = read(cluster.runTask(bridge, "family:app").running());
    assertThat(read.launchTypeAsString()).isEqualTo("EC2");
    assertThat(read.attachments()).isEmpty();
    Container container = read.containers().get(0);
    assertThat(container.networkBindings())
        .extracting(NetworkBinding::containerPort)
        .containsExactly(80, 90);
    assertThat(container.networkBindings().get(0).hostPort()).isEqualTo(8080);
    assertThat(container.networkBindings().get(1).hostPort()).isGreaterThanOrEqualTo(32_768);
  }

  @Test
  void fiveThousandTasksAreListedAndDescribedInAHundredCalls() {
    EcsServiceDouble service = service();
    IntStream.range(0, 5_000).forEach(i -> service.startTask().running());
    List<String> all =
        client.listTasksPaginator(r -> r.cluster("shop")).taskArns().stream().toList();
    assertThat(all).hasSize(5_000).doesNotHaveDuplicates();
    int described = 0;
    for (int from = 0; from < all.size(); from += 100) {
      List<String> part = all.subList(from, from + 100);
      described += client.describeTasks(r -> r.cluster("shop").tasks(part)).tasks().size();
    }
    assertThat(described).isEqualTo(5_000);
    assertThat(bed.aws.calls()).hasSize(100);
  }
}
