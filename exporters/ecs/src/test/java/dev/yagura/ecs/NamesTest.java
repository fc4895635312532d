package dev.yagura.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.metrics.Family;
import dev.yagura.testing.NameRules;
import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void noNameBreaksARule() throws Exception {
    assertThat(NameRules.broken(Declared.families())).isEmpty();
  }

  @Test
  void everyNameSaysWhatItIsAbout() {
    assertThat(Declared.families())
        .extracting(Family::name)
        .allMatch(
            name ->
                name.startsWith("ecs_") || name.startsWith("elb_") || name.startsWith("yagura_"));
  }
}
