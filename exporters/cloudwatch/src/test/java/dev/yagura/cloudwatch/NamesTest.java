package dev.yagura.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.cloudwatch.sets.CuratedSets;
import dev.yagura.core.metrics.Family;
import dev.yagura.testing.NameRules;
import org.junit.jupiter.api.Test;

/** No dashboard is older than these names, so there is nothing to excuse. */
class NamesTest {
  @Test
  void noNameBreaksARule() throws Exception {
    assertThat(NameRules.broken(Declared.families())).isEmpty();
  }

  @Test
  void everyNameBeginsWithAwsOrWithOurOwn() throws Exception {
    assertThat(Declared.families())
        .extracting(Family::name)
        .allMatch(name -> name.startsWith("aws_") || name.startsWith("yagura_"));
  }

  @Test
  void whatIsAddedUpIsASumAndWhatIsASumIsAddedUp() {
    assertThat(CuratedSets.ALL)
        .flatExtracting(set -> set.kinds())
        .flatExtracting(kind -> kind.metrics())
        .allMatch(metric -> metric.isCounter() == metric.statistic().equals("Sum"));
  }

  @Test
  void theStatisticsOfAMetricStandTogether() {
    // They are billed once if they are asked in one call; more than five would be billed twice.
    assertThat(CuratedSets.ALL)
        .flatExtracting(set -> set.kinds())
        .allSatisfy(
            kind ->
                assertThat(kind.metrics())
                    .allSatisfy(
                        metric ->
                            assertThat(
                                    kind.metrics().stream()
                                        .filter(other -> other.metric().equals(metric.metric())))
                                .hasSizeLessThanOrEqualTo(5)));
  }
}
