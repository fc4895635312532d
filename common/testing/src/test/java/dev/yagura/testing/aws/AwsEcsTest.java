package dev.yagura.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.testing.LeakCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CapacityProvider;
import software.amazon.awssdk.services.ecs.model.CapacityProviderField;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceField;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;

class AwsEcsTest {
  @RegisterExtension final LeakCheck leaks = LeakCheck.allowing(Bed.KEEP_ALIVE);

  private final Bed bed = new Bed();
  private final EcsDouble model = bed.aws.account().ecs(Bed.REGION);
  private final EcsClient client = bed.client(EcsClient.builder());

  @AfterEach
  void close() {
    bed.close();
  }

  private DescribeServicesResponse described(String... services) {
    return client.describeServices(r -> r.cluster("shop").services(services));
  }

  @Test
  void clustersAreListedInPagesAndDescribedOrMissing() {
    IntStream.range(0, 3).forEach(i -> model.cluster("c" + i).tag("team", "shop"));
    assertThat(client.listClustersPaginator(r -> r.maxResults(2)).clusterArns())
        .containsExactly(
            model.cluster("c0").arn(), model.cluster("c1").arn(), model.cluster("c2").arn());
    assertThat(bed.aws.count("ListClusters")).isEqualTo(2);
    DescribeClustersResponse read = client.describeClusters(r -> r.clusters("c1", "unheard"));
    assertThat(read.failures()).extracting(Failure::reason).containsExactly("MISSING");
    Cluster cluster = read.clusters().get(0);
    assertThat(cluster.clusterArn()).isEqualTo(model.cluster("c1").arn());
    assertThat(cluster.status()).isEqualTo("ACTIVE");
    assertThat(cluster.tags()).isEmpty();
    assertThat(
            client
                .describeClusters(r -> r.clusters("c1").include(ClusterField.TAGS))
                .clusters()
                .get(0)
                .tags())
        .containsExactly(Tag.builder().key("team").value("shop").build());
    model.cluster("c1").delete();
    assertThat(client.describeClusters(r -> r.clusters("c1")).failures()).hasSize(1);
    assertThatThrownBy(() -> client.listServices(r -> r.cluster("c1")))
        .isInstanceOf(ClusterNotFoundException.class);
    assertThatThrownBy(() -> client.listTasks(r -> r.cluster("unheard")))
        .isInstanceOf(ClusterNotFoundException.class);
  }

  @Test
  void servicesComeInPagesOfTenUnlessMoreAreAskedFor() {
    EcsClusterDouble cluster = model.cluster("shop");
    IntStream.range(0, 25).forEach(i -> cluster.service("s" + i));
    assertThat(client.listServices(r -> r.cluster("shop")).serviceArns()).hasSize(10);
    assertThat(client.listServicesPaginator(r -> r.cluster(cluster.arn())).serviceArns())
        .hasSize(25);
    assertThat(client.listServices(r -> r.cluster("shop").maxResults(100)).serviceArns())
        .hasSize(25)
        .contains(cluster.service("s24").arn());
    assertThatThrownBy(() -> client.listServices(r -> r.cluster("shop").maxResults(101)))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void noMoreThanTenServicesAreDescribedAtOnce() {
    model.cluster("shop").service("web").tag("team", "shop");
    String[] eleven = IntStream.range(0, 11).mapToObj(i -> "s" + i).toArray(String[]::new);
    assertThatThrownBy(() -> described(eleven)).isInstanceOf(InvalidParameterException.class);
    DescribeServicesResponse read = described("web", "unheard");
    assertThat(read.services())
        .singleElement()
        .satisfies(service -> assertThat(service.tags()).isEmpty());
    assertThat(read.failures())
        .containsExactly(
            Failure.builder()
                .arn("arn:aws:ecs:eu-central-1:123456789012:service/shop/unheard")
                .reason("MISSING")
                .build());
    assertThat(
            client
                .describeServices(r -> r.cluster("shop").services("web").include(ServiceField.TAGS))
                .services()
                .get(0)
                .tags())
        .containsExactly(Tag.builder().key("team").value("shop").build());
  }

  @Test
  void aDeletedServiceIsInactiveForAnHourAndListedNoMore() {
    EcsServiceDouble service = model.cluster("shop").service("web");
    service.delete();
    assertThat(client.listServices(r -> r.cluster("shop")).serviceArns()).isEmpty();
    assertThat(described("web").services()).extracting(Service::status).containsExactly("INACTIVE");
    bed.clock.advance(Duration.ofHours(1));
    assertThat(described(service.arn()).failures())
        .extracting(Failure::arn)
        .containsExactly(service.arn());
    assertThat(model.cluster("shop").service("web")).isNotSameAs(service);
    assertThat(described("web").services()).extracting(Service::status).containsExactly("ACTIVE");
  }

  @Test
  void theNumbersOfAServiceFollowFromItsTasksUnlessTheyAreSet() {
    EcsServiceDouble service = model.cluster("shop").service("web").desired(3);
    service.deploy(model.taskDefinition("web", EcsContainer.named("web"))).completeDeployment();
    service.startTask().running();
    service.startTask().pulling();
    service.startTask().running().stopping("UserInitiated", "enough").stopped();
    Service read = described("web").services().get(0);
    assertThat(read.desiredCount()).isEqualTo(3);
    assertThat(read.runningCount()).isEqualTo(1);
    assertThat(read.pendingCount()).isEqualTo(1);
    assertThat(read.deployments())
        .singleElement()
        .satisfies(
            deployment -> {
              assertThat(deployment.desiredCount()).isEqualTo(3);
              assertThat(deployment.runningCount()).isEqualTo(1);
              assertThat(deployment.pendingCount()).isEqualTo(1);
            });
    service.fields().set("runningCount", 7);
    service.deployment().set("pendingCount", 8);
    Service set = described("web").services().get(0);
    assertThat(set.runningCount()).isEqualTo(7);
    assertThat(set.deployments().get(0).pendingCount()).isEqualTo(8);
  }

  @Test
  void aServiceKeepsItsLastHundredEventsNewestFirst() {
    EcsServiceDouble service = model.cluster("shop").service("web");
    IntStream.range(0, 101).forEach(i -> service.event("did " + i + "."));
    Service read = described("web").services().get(0);
    assertThat(read.events()).hasSize(100);
    assertThat(read.events().get(0).message()).isEqualTo("(service web) did 100.");
    assertThat(read.events().get(0).createdAt()).isEqualTo(Bed.NOON);
    assertThat(read.events().get(99).message()).isEqualTo("(service web) did 1.");
  }

  @Test
  void aTaskDefinitionIsFoundByItsArnItsRevisionOrItsFamily() {
    model.taskDefinition("web", EcsContainer.named("web"));
    String arn =
        model.taskDefinition(
            "web",
            "bridge",
            Map.of("team", "shop"),
            EcsContainer.named("app")
                .image("registry.example.org/app:2")
                .essential(false)
                .label("metrics.port", "9100")
                .port(8080, 0));
    DescribeTaskDefinitionResponse read =
        client.describeTaskDefinition(
            r -> r.taskDefinition("web:2").include(TaskDefinitionField.TAGS));
    assertThat(read.taskDefinition().taskDefinitionArn()).isEqualTo(arn);
    assertThat(read.taskDefinition().networkModeAsString()).isEqualTo("bridge");
    assertThat(read.tags()).containsExactly(Tag.builder().key("team").value("shop").build());
    ContainerDefinition container = read.taskDefinition().containerDefinitions().get(0);
    assertThat(container.image()).isEqualTo("registry.example.org/app:2");
    assertThat(container.essential()).isFalse();
    assertThat(container.dockerLabels()).containsExactly(Map.entry("metrics.port", "9100"));
    assertThat(container.portMappings().get(0).containerPort()).isEqualTo(8080);
    assertThat(container.portMappings().get(0).hostPort()).isZero();
    for (String name : List.of(arn, "web")) {
      DescribeTaskDefinitionResponse same =
          client.describeTaskDefinition(r -> r.taskDefinition(name));
      assertThat(same.taskDefinition()).isEqualTo(read.taskDefinition());
      assertThat(same.tags()).isEmpty();
    }
    assertThatThrownBy(() -> client.describeTaskDefinition(r -> r.taskDefinition("web:3")))
        .isInstanceOf(ClientException.class);
  }

  @Test
  void aContainerInstanceSaysItsHealthAndHowManyTasksItHas() {
    EcsClusterDouble cluster = model.cluster("shop");
    Fields instance = cluster.instance("i-0123").set("agentConnected", false);
    String arn = String.valueOf(instance.text("containerInstanceArn"));
    String definition =
        model.taskDefinition("web", "bridge", Map.of(), EcsContainer.named("web").port(80, 0));
    EcsTaskDouble task = cluster.runTask(definition, "family:web").onInstance("i-0123").running();
    assertThat(client.listContainerInstances(r -> r.cluster("shop")).containerInstanceArns())
        .containsExactly(arn);
    assertThat(client.listTasks(r -> r.cluster("shop").containerInstance(arn)).taskArns())
        .containsExactly(task.arn());
    ContainerInstance read =
        client
            .describeContainerInstances(r -> r.cluster("shop").containerInstances(arn))
            .containerInstances()
            .get(0);
    assertThat(read.ec2InstanceId()).isEqualTo("i-0123");
    assertThat(read.agentConnected()).isFalse();
    assertThat(read.runningTasksCount()).isEqualTo(1);
    assertThat(read.remainingResources()).isNotEmpty();
    assertThat(read.healthStatus()).isNull();
    instance.set("healthStatus.overallStatus", "IMPAIRED");
    assertThat(
            client
                .describeContainerInstances(
                    r ->
                        r.cluster("shop")
                            .containerInstances(arn, "unheard")
                            .include(ContainerInstanceField.CONTAINER_INSTANCE_HEALTH))
                .containerInstances()
                .get(0)
                .healthStatus()
                .overallStatusAsString())
        .isEqualTo("IMPAIRED");
  }

  @Test
  void capacityProvidersComeInPages() {
    IntStream.range(0, 11).forEach(i -> model.capacityProvider("p" + i, new Fields()));
    var first = client.describeCapacityProviders(r -> r.include(CapacityProviderField.TAGS));
    assertThat(first.capacityProviders())
        .hasSize(10)
        .extracting(CapacityProvider::name)
        .startsWith("FARGATE", "FARGATE_SPOT");
    assertThat(
            client
                .describeCapacityProviders(r -> r.nextToken(first.nextToken()))
                .capacityProviders())
        .hasSize(3);
    assertThat(client.describeCapacityProviders(r -> r.capacityProviders("p3", "x")).failures())
        .hasSize(1);
  }
}
