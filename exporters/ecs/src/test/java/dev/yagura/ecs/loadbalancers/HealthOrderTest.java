package dev.yagura.ecs.loadbalancers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthOrderTest {
  private static List<String> choose(Views views, int calls) {
    return HealthOrder.choose(views.view(), calls);
  }

  @Test
  void whatWasNeverReadComesBeforeWhatWasReadLongestAgo() {
    var views =
        Views.of()
            .route("web", 1, "a", "a")
            .targets("a", "web")
            .targets("b", "web")
            .targets("c", "web")
            .health("a", Duration.ofMinutes(1))
            .health("b", Duration.ofMinutes(5));

    assertThat(choose(views, 2)).containsExactly(Views.group("c"), Views.group("b"));
  }

  @Test
  void groupsOnARuleComeFirst() {
    var views =
        Views.of()
            .route("web", 1, "z", "z")
            .targets("a")
            .targets("z", "web")
            .health("z", Duration.ZERO);

    assertThat(choose(views, 1)).containsExactly(Views.group("z"));
    assertThat(choose(views, 2)).containsExactly(Views.group("z"), Views.group("a"));
  }

  @Test
  void aGroupOnNoRuleIsReadHoweverManyThereAreOnRules() {
    var views = Views.of().targets("lonely");
    for (int i = 0; i < 30; i++) {
      views.targets("t" + i, "web").route("web", i + 1, "h" + i, "t" + i);
    }

    assertThat(choose(views, 10)).hasSize(10).contains(Views.group("lonely"));
  }

  @Test
  void groupsOfLoadBalancersThatAreNotWatchedAreNotRead() {
    var views = Views.of().route("web", 1, "a", "a").targets("a", "web").targets("b", "other");

    assertThat(choose(views, 10)).containsExactly(Views.group("a"));
  }
}
