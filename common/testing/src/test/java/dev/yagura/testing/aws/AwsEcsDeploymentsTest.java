package dev.yagura.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.testing.LeakCheck;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;

class AwsEcsDeploymentsTest {
  @RegisterExtension final LeakCheck leaks = LeakCheck.allowing(Bed.KEEP_ALIVE);

  private final Bed bed = new Bed();
  private final EcsDouble model = bed.aws.account().ecs(Bed.REGION);
  private final EcsClient client = bed.client(EcsClient.builder());
  private final EcsServiceDouble service = model.cluster("shop").service("web");
  private final String one = model.taskDefinition("web", EcsContainer.named("web").image("web:1"));
  private final String two = model.taskDefinition("web", EcsContainer.named("web").image("web:2"));

  @AfterEach
  void close() {
    bed.close();
  }

  private Service read() {
    return client.describeServices(r -> r.cluster("shop").services("web")).services().get(0);
  }

  private ServiceDeployment current() {
    String arn = read().currentServiceDeployment();
    return client
        .describeServiceDeployments(r -> r.serviceDeploymentArns(arn))
        .serviceDeployments()
        .get(0);
  }

  private static void assertDeployment(
      Deployment read, String status, String taskDefinition, String rollout) {
    assertThat(read.status()).isEqualTo(status);
    assertThat(read.taskDefinition()).isEqualTo(taskDefinition);
    assertThat(read.rolloutStateAsString()).isEqualTo(rollout);
  }

  @Test
  void aDeploymentIsPrimaryBesideTheActiveOneUntilItIsCompleted() {
    service.desired(2).deploy(one).completeDeployment();
    service.startTask().running();
    service.deploy(two);
    service.startTask();
    List<Deployment> present = read().deployments();
    assertThat(present).hasSize(2);
    assertDeployment(present.get(0), "PRIMARY", two, "IN_PROGRESS");
    assertDeployment(present.get(1), "ACTIVE", one, "COMPLETED");
    assertThat(present.get(0).desiredCount()).isEqualTo(2);
    assertThat(present.get(0).pendingCount()).isEqualTo(1);
    assertThat(present.get(1).desiredCount()).isEqualTo(1);
    assertThat(present.get(1).runningCount()).isEqualTo(1);
    assertThat(read().taskDefinition()).isEqualTo(two);
    assertThat(read().currentServiceRevisions()).hasSize(2);
    assertThat(current().statusAsString()).isEqualTo("IN_PROGRESS");
    assertThat(current().sourceServiceRevisions()).hasSize(1);
    assertThat(current().targetServiceRevision().pendingTaskCount()).isEqualTo(1);
    bed.clock.advance(Duration.ofMinutes(3));
    service.completeDeployment();
    assertDeployment(read().deployments().get(0), "PRIMARY", two, "COMPLETED");
    assertThat(read().deployments()).hasSize(1);
    assertThat(current().statusAsString()).isEqualTo("SUCCESSFUL");
    assertThat(current().finishedAt()).isEqualTo(Bed.NOON.plusSeconds(180));
    assertThat(current().deploymentCircuitBreaker().statusAsString())
        .isEqualTo("MONITORING_COMPLETE");
  }

  @Test
  void theCircuitBreakerWaitsForHalfOfTheTasksButAtLeastThreeAndAtMostTwoHundred() {
    service.deploy(one);
    for (int[] pair : new int[][] {{1, 3}, {7, 4}, {9, 5}, {1000, 200}}) {
      service.desired(pair[0]);
      assertThat(current().deploymentCircuitBreaker().threshold()).isEqualTo(pair[1]);
    }
    assertThat(current().deploymentCircuitBreaker().statusAsString()).isEqualTo("MONITORING");
  }

  @Test
  void failuresAreCountedUntilATaskRuns() {
    service.deploy(one);
    service.startTask().stopped();
    service.startTask().pulling().stopped();
    assertThat(read().deployments().get(0).failedTasks()).isEqualTo(2);
    assertThat(current().deploymentCircuitBreaker().failureCount()).isEqualTo(2);
    service.startTask().running().stopped(1);
    assertThat(read().deployments().get(0).failedTasks()).isZero();
  }

  @Test
  void whatFailedIsRolledBackByAnotherDeploymentOfWhatWasBefore() {
    service.deploy(one).completeDeployment();
    service.deploy(two).failDeployment("tasks failed to start.");
    assertDeployment(read().deployments().get(0), "PRIMARY", two, "FAILED");
    assertThat(read().deployments().get(0).rolloutStateReason())
        .isEqualTo("tasks failed to start.");
    assertThat(current().statusAsString()).isEqualTo("STOPPED");
    service.rollBack();
    List<Deployment> present = read().deployments();
    assertDeployment(present.get(0), "PRIMARY", one, "IN_PROGRESS");
    assertDeployment(present.get(1), "ACTIVE", two, "FAILED");
    assertThat(present).extracting(Deployment::id).doesNotHaveDuplicates();
    assertThat(current().statusAsString()).isEqualTo("ROLLBACK_IN_PROGRESS");
    assertThat(current().deploymentCircuitBreaker().statusAsString()).isEqualTo("TRIGGERED");
    assertThat(current().rollback().serviceRevisionArn())
        .isEqualTo(current().sourceServiceRevisions().get(0).arn());
    assertThat(current().stoppedAt()).isNull();
    service.completeDeployment();
    assertThat(read().deployments()).hasSize(1);
    assertThat(current().statusAsString()).isEqualTo("ROLLBACK_SUCCESSFUL");
  }

  @Test
  void aRollbackMayFailToo() {
    service.deploy(one).completeDeployment();
    service.deploy(two).rollBack().failDeployment("no");
    assertThat(current().statusAsString()).isEqualTo("ROLLBACK_FAILED");
    assertThatThrownBy(() -> model.cluster("shop").service("new").deploy(one).rollBack())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void deploymentsOfAServiceAreListedNewestFirst() {
    service.deploy(one).completeDeployment();
    bed.clock.advance(Duration.ofMinutes(1));
    service.deploy(two);
    List<ServiceDeploymentBrief> all =
        client.listServiceDeployments(r -> r.cluster("shop").service("web")).serviceDeployments();
    assertThat(all)
        .extracting(ServiceDeploymentBrief::statusAsString)
        .containsExactly("IN_PROGRESS", "SUCCESSFUL");
    assertThat(all.get(0).serviceDeploymentArn()).isEqualTo(read().currentServiceDeployment());
    assertThat(
            client
                .listServiceDeployments(
                    r ->
                        r.cluster("shop")
                            .service(service.arn())
                            .status(ServiceDeploymentStatus.SUCCESSFUL)
                            .createdAt(created -> created.before(Bed.NOON.plusSeconds(1))))
                .serviceDeployments())
        .containsExactly(all.get(1));
    assertThat(
            client
                .listServiceDeployments(r -> r.cluster("shop").service("web").maxResults(1))
                .nextToken())
        .isNotNull();
    assertThatThrownBy(
            () -> client.listServiceDeployments(r -> r.cluster("shop").service("unheard")))
        .isInstanceOf(ServiceNotFoundException.class);
  }

  @Test
  void aRevisionSaysWhichImagesAndTargetGroupsItHas() {
    service
        .targetGroup("arn:aws:elasticloadbalancing:x:1:targetgroup/web/1", "web", 80)
        .deploy(two);
    String arn = current().targetServiceRevision().arn();
    var answer = client.describeServiceRevisions(r -> r.serviceRevisionArns(arn, arn + "0"));
    assertThat(answer.failures()).hasSize(1);
    ServiceRevision read = answer.serviceRevisions().get(0);
    assertThat(read.taskDefinition()).isEqualTo(two);
    assertThat(read.containerImages().get(0).image()).isEqualTo("web:2");
    assertThat(read.containerImages().get(0).imageDigest()).startsWith("sha256:");
    assertThat(read.loadBalancers()).isEqualTo(read().loadBalancers()).hasSize(1);
  }

  @Test
  void noMoreThanTwentyDeploymentsOrRevisionsAreDescribedAtOnce() {
    List<String> many = IntStream.range(0, 21).mapToObj(i -> "a" + i).toList();
    assertThatThrownBy(() -> client.describeServiceDeployments(r -> r.serviceDeploymentArns(many)))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> client.describeServiceRevisions(r -> r.serviceRevisionArns(many)))
        .isInstanceOf(InvalidParameterException.class);
    assertThat(
            client
                .describeServiceDeployments(r -> r.serviceDeploymentArns(many.subList(0, 20)))
                .failures())
        .hasSize(20);
  }
}
