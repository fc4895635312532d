package dev.yagura.ecs.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Failure;

class BatchesTest {
  private final FakeClock clock = FakeClock.at(Instant.EPOCH);
  private final Deadline deadline = Deadline.after(Duration.ofSeconds(10), clock);

  @Test
  void asManyAreAskedForAtATimeAsACallMay() throws Exception {
    List<List<String>> asked = new ArrayList<>();
    List<String> found =
        Batches.describe(
            "ecs:Any",
            List.of("a", "b", "c"),
            2,
            deadline,
            batch -> {
              asked.add(batch);
              return batch;
            });

    assertThat(asked).containsExactly(List.of("a", "b"), List.of("c"));
    assertThat(found).containsExactly("a", "b", "c");
  }

  @Test
  void nothingIsAskedForNothing() throws Exception {
    assertThat(
            Batches.describe(
                "ecs:Any",
                List.of(),
                2,
                deadline,
                batch -> {
                  throw new AssertionError("asked");
                }))
        .isEmpty();
  }

  @Test
  void aPartIsNeverGivenForTheWhole() {
    assertThatThrownBy(
            () ->
                Batches.describe(
                    "ecs:Any",
                    List.of("a", "b", "c"),
                    2,
                    deadline,
                    batch -> {
                      clock.advance(Duration.ofSeconds(20));
                      return batch;
                    }))
        .isInstanceOf(ScrapeException.class)
        .hasMessageContaining("ecs:Any");
  }

  @Test
  void whatIsGoneIsNoFailureAndAnyOtherReasonIs() throws Exception {
    var leftOut = new Batches.LeftOut("ecs:Any");
    leftOut.note(List.of(Failure.builder().reason("MISSING").build()));
    leftOut.check();

    leftOut.note(List.of(Failure.builder().reason("OF_NEXT_YEAR").build()));
    assertThatThrownBy(leftOut::check)
        .isInstanceOf(ScrapeException.class)
        .hasMessageContaining("ecs:Any")
        .hasMessageContaining("OF_NEXT_YEAR");
  }
}
