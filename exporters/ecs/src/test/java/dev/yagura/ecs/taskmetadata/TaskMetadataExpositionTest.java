package dev.yagura.ecs.taskmetadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.Expositions;
import dev.yagura.testing.Goldens;
import dev.yagura.testing.Promtool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole answers of the endpoint, and what is shown of them. */
class TaskMetadataExpositionTest {
  @ParameterizedTest
  @ValueSource(strings = {"ec2", "fargate"})
  void aTaskIsShownAsItWasBefore(String fixture) {
    try (var server = MetadataServer.of(fixture)) {
      Goldens.in(getClass())
          .assertMatches(
              "task-" + fixture,
              Expositions.normalise(
                  Scraped.text(server.endpoint()),
                  sample -> sample.name().startsWith("yagura_scrape_duration")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ec2", "fargate"})
  void promtoolHasNothingToSay(String fixture) {
    Promtool.assumePresent();

    try (var server = MetadataServer.of(fixture)) {
      assertThat(Promtool.complaints(Scraped.text(server.endpoint()))).isEmpty();
    }
  }
}
