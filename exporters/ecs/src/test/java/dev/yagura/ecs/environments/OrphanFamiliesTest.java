package dev.yagura.ecs.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Samples;
import dev.yagura.ecs.loadbalancers.Views;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.ParsedExposition;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrphanFamiliesTest {
  private static final OrphanKind KIND = OrphanKind.RULE_WITHOUT_SERVICE;

  private final OrphanWatch watch = new OrphanWatch();

  private static Orphan orphan(String environment, String resource) {
    return new Orphan(KIND, environment, resource);
  }

  private ParsedExposition shown(int most, List<Orphan> orphans, Instant now) {
    watch.see(Map.of(KIND, orphans), now);
    var snapshot = OrphanFamilies.snapshot(Map.of(KIND, orphans), watch, most, now);
    return Expositions.parse(
        Expositions.render(List.of(Samples.of(List.of(snapshot), ConstantLabels.none()))));
  }

  private static List<String> resources(ParsedExposition shown) {
    return shown.samples("ecs_environment_orphan_info").stream()
        .map(sample -> sample.label("resource"))
        .sorted()
        .toList();
  }

  @Test
  void aRuleOfTwoEnvironmentsIsOneOrphanWithTwoNames() {
    var shown = shown(9, List.of(orphan("a", "r/1"), orphan("b", "r/1")), Views.NOW);

    assertThat(shown.value("ecs_environment_orphans")).hasValue(1);
    assertThat(shown.samples("ecs_environment_orphan_info")).hasSize(2);
    assertThat(shown.value("ecs_environment_orphans_left_out")).hasValue(0);
  }

  @Test
  void whatHasASeriesIsNotLeftOutAlsoIfOneOfItsNamesIs() {
    var shown =
        shown(1, List.of(orphan("a", "r/1"), orphan("b", "r/1"), orphan("c", "r/2")), Views.NOW);

    assertThat(shown.value("ecs_environment_orphans")).hasValue(2);
    assertThat(shown.value("ecs_environment_orphans_left_out")).hasValue(1);
  }

  @Test
  void thoseShownAreTheSameInWhateverOrderTheyWereFound() {
    var found = Arrays.asList(orphan("c", "r/3"), orphan("a", "r/1"), orphan("b", "r/2"));
    assertThat(resources(shown(2, found, Views.NOW))).containsExactly("r/1", "r/2");
    Collections.reverse(found);
    assertThat(resources(shown(2, found, Views.NOW))).containsExactly("r/1", "r/2");
    Collections.swap(found, 0, 1);
    assertThat(resources(shown(2, found, Views.NOW))).containsExactly("r/1", "r/2");
  }

  @Test
  void theOldestAreShownBeforeTheNewest() {
    var unused = shown(1, List.of(orphan("z", "r/9")), Views.NOW);
    var shown =
        shown(1, List.of(orphan("a", "r/1"), orphan("z", "r/9")), Views.NOW.plusSeconds(60));

    assertThat(resources(shown)).containsExactly("r/9");
  }
}
