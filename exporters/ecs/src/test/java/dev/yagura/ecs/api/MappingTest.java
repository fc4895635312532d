package dev.yagura.ecs.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskSet;

class MappingTest {
  private static LoadBalancer to(String group) {
    return LoadBalancer.builder().targetGroupArn(group).build();
  }

  @Test
  void theGroupsOfAServiceAreAlsoThoseOfItsTaskSetsAndOfItsNextDeployment() {
    Service service =
        Service.builder()
            .serviceArn("arn")
            .serviceName("shop")
            .loadBalancers(
                LoadBalancer.builder()
                    .targetGroupArn("blue")
                    .advancedConfiguration(more -> more.alternateTargetGroupArn("green"))
                    .build(),
                LoadBalancer.builder().loadBalancerName("classic").build())
            .taskSets(
                TaskSet.builder().loadBalancers(to("blue")).build(),
                TaskSet.builder().loadBalancers(to("red")).build())
            .build();

    assertThat(Mapping.service(service, "dev").targetGroups())
        .containsExactly("blue", "green", "red");
  }

  @Test
  void aServiceBehindNoLoadBalancerHasNoGroups() {
    Service service = Service.builder().serviceArn("arn").serviceName("worker").build();

    assertThat(Mapping.service(service, "dev").targetGroups()).isEmpty();
  }
}
