package dev.yagura.ecs.loadbalancers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatestLoadBalancingTest {
  private final LatestLoadBalancing latest =
      Views.of().targets("a", "web").targets("b", "web").latest();

  private void read(String group) {
    var healthy = List.of(TargetHealth.of("healthy", null));
    latest.health(
        Views.group(group),
        Optional.of(new GroupHealth(healthy, Views.NOW, LoadBalancerReaders.MAX_AGE)));
  }

  private Optional<GroupHealth> known(String group) {
    return latest.view().orElseThrow().healthOf(Views.group(group), Views.NOW);
  }

  @Test
  void theHealthOfAGroupOutlivesANewerList() {
    read("a");
    latest.replace(Views.of().targets("a", "web").view());

    assertThat(known("a")).isPresent();
  }

  @Test
  void theHealthOfADeletedGroupGoesWithItAndDoesNotComeBack() {
    read("a");
    read("b");
    latest.replace(Views.of().targets("b", "web").view());
    assertThat(known("a")).isEmpty();
    assertThat(known("b")).isPresent();
    latest.replace(Views.of().targets("a", "web").targets("b", "web").view());

    assertThat(known("a")).as("it is another one").isEmpty();
  }

  @Test
  void aGroupThatIsGoneWhenItIsAskedForHasNoHealth() {
    read("a");
    latest.health(Views.group("a"), Optional.empty());

    assertThat(known("a")).isEmpty();
  }
}
