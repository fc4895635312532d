package dev.yagura.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.metrics.Family;
import dev.yagura.testing.NameRules;
import org.junit.jupiter.api.Test;

/** No dashboard is older than these names, so there is nothing to excuse. */
class NamesTest {
  @Test
  void noNameBreaksARule() {
    assertThat(NameRules.broken(Declared.families())).isEmpty();
  }

  @Test
  void aNameIsOneFamily() {
    assertThat(Declared.families()).extracting(Family::name).doesNotHaveDuplicates();
  }

  @Test
  void everyNameBeginsWithTheExporters() {
    assertThat(Declared.families())
        .extracting(Family::name)
        .allMatch(name -> name.startsWith(CloudFrontExporter.NAME + "_"));
  }
}
