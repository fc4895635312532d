package dev.yagura.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.testing.LeakCheck;
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
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceField;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;

class AwsEcsHostsTest {
  @RegisterExtension final LeakCheck leaks = LeakCheck.allowing(Bed.KEEP_ALIVE);

  private final Bed bed = new Bed();
  private final EcsDouble model = bed.aws.account().ecs(Bed.REGION);
  private final EcsClient client = bed.client(EcsClient.builder());

  @AfterEach
  void close() {
    bed.close();
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
