package dev.yagura.ecs.loadbalancers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthOrderTest {
  private static final Map<String, Instant> NEVER = Map.of();

  private static List<String> choose(Views views, int calls) {
    return HealthOrder.choose(views.view(), NEVER, calls);
  }

  @Test
  void whatWasNeverAskedForComesBeforeWhatWasAskedForLongestAgo() {
    var views = Views.of().targets("a", "web").targets("b", "web").targets("c", "web");
    views.route("web", 1, "a", "a");
    Map<String, Instant> asked =
        Map.of(
            Views.group("a"), Views.NOW.minusSeconds(60),
            Views.group("b"), Views.NOW.minusSeconds(300));

    assertThat(HealthOrder.choose(views.view(), asked, 2))
        .containsExactly(Views.group("c"), Views.group("b"));
  }

  @Test
  void groupsOnARuleComeFirst() {
    var views = Views.of().route("web", 1, "z", "z").targets("a").targets("z", "web");

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
  void aRoundIsTheRefreshesUntilTheLastOneHasItsTurn() {
    var views = Views.of().route("web", 1, "h", "t0");
    for (int i = 0; i < 90; i++) {
      views.targets("t" + i, "web");
    }
    assertThat(HealthOrder.rounds(views.view(), 90).of(Views.group("t1"))).isEqualTo(1);
    assertThat(HealthOrder.rounds(views.view(), 89).of(Views.group("t1"))).isEqualTo(2);
    views.targets("lonely1").targets("lonely2").targets("lonely3");

    var rounds = HealthOrder.rounds(views.view(), 20);
    assertThat(rounds.of(Views.group("t1"))).as("90 by 18").isEqualTo(5);
    assertThat(rounds.of(Views.group("lonely1"))).as("3 by 2").isEqualTo(2);
  }

  @Test
  void everyGroupHasItsTurnInItsRound() {
    var views = Views.of().route("web", 1, "h", "t0");
    for (int i = 0; i < 70; i++) {
      views.targets("t" + i, "web").targets("lonely" + i);
    }
    var rounds = HealthOrder.rounds(views.view(), 30);
    Map<String, Instant> asked = new HashMap<>();
    Map<String, Integer> last = new HashMap<>();
    for (int refresh = 0; refresh < 100; refresh++) {
      for (String arn : HealthOrder.choose(views.view(), asked, 30)) {
        asked.put(arn, Views.NOW.plusSeconds(refresh));
        Integer before = last.put(arn, refresh);
        if (before != null) {
          assertThat(refresh - before).isLessThanOrEqualTo(rounds.of(arn));
        }
      }
    }
    assertThat(last).hasSize(140);
  }

  @Test
  void groupsOfLoadBalancersThatAreNotWatchedAreNotRead() {
    var views = Views.of().route("web", 1, "a", "a").targets("a", "web").targets("b", "other");

    assertThat(choose(views, 10)).containsExactly(Views.group("a"));
  }
}
