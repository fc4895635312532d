package dev.yagura.ecs.reasons;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What holds of every text, and of those whose ids are other ones. */
class StableTextsTest {
  private static final int HOSTILE_LENGTH = 10_000;
  private static final Duration AT_MOST = Duration.ofSeconds(5);

  @Property(tries = 300)
  void whicheverIdsASentenceHasItTellsTheSameReason(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> row = any(Table.rows("stop-reasons.txt", 4), random);
    boolean isByDeployment = row.get(2).contains("ecs-svc/");
    String text = isByDeployment ? row.get(2) : Texts.withOtherIds(row.get(2), random);
    StoppedTask stopped =
        StoppedTask.of(row.get(1), text).container(Texts.withOtherIds(row.get(3), random), 1);

    assertThat(StopReason.of(stopped.task(), Optional.of(StoppedTask.DEPLOYMENT)))
        .as("%s", stopped)
        .isEqualTo(StopReason.valueOf(row.get(0)));
  }

  @Property(tries = 300)
  void whicheverIdsAMessageHasItIsTheSameEvent(@ForAll long seed) {
    Random random = new Random(seed);
    String message = any(Table.rows("service-events.txt", 2), random).get(1);
    String other = Texts.withOtherIds(message, random);

    assertThat(ServiceEventName.ofMessage(other))
        .as(other)
        .isEqualTo(ServiceEventName.ofMessage(message));
  }

  @Property(tries = 300)
  void whicheverIdsAMessageHasItIsTheSamePlacementFailure(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> row = any(Table.rows("placement-failures.txt", 2), random);
    String other = Texts.withOtherIds(row.get(1), random);

    assertThat(PlacementFailure.of(other))
        .as(other)
        .isEqualTo(PlacementFailure.valueOf(row.get(0)));
  }

  @Property(tries = 500)
  void anyTextAtAllHasAReason(
      @ForAll @StringLength(max = 200) String code,
      @ForAll @StringLength(max = 200) String text,
      @ForAll @StringLength(max = 200) String reason,
      @ForAll @StringLength(max = 40) String by) {
    StoppedTask stopped = StoppedTask.of(code, text).container(reason, 1).startedBy(by);

    assertThat(StopReason.of(stopped.task(), Optional.empty())).isNotNull();
    assertThat(StopText.of(stopped.task()).length()).isLessThanOrEqualTo(300);
    assertThat(StopCodes.label(code)).isIn("other", code);
    assertThat(PlacementFailure.of(text)).isNotNull();
    assertThat(ServiceEventName.ofMessage(text)).isNotNull();
  }

  @Property(tries = 200)
  void whatStandsAroundAnErrorsNameDoesNotHideIt(
      @ForAll @StringLength(max = 50) String before,
      @ForAll @StringLength(max = 50) String behind) {
    StoppedTask stopped =
        StoppedTask.of("", before + " OutOfMemoryError: Container killed " + behind);

    assertThat(StopReason.of(stopped.task(), Optional.empty())).isEqualTo(StopReason.OUT_OF_MEMORY);
  }

  @Test
  void textsThatAlmostFitTakeNoLongerThanOthers() {
    for (String piece : List.of("host ec2 (instance ", "thin pool has ", "ecs-svc/", "\n", "(((")) {
      String text = piece.repeat(HOSTILE_LENGTH / piece.length());
      StoppedTask stopped = StoppedTask.of("", text);
      Assertions.assertTimeout(
          AT_MOST,
          () -> {
            for (int i = 0; i < 100; i++) {
              assertThat(StopReason.of(stopped.task(), Optional.empty()))
                  .isEqualTo(StopReason.OTHER);
              assertThat(ServiceEventName.ofMessage(text)).isEmpty();
              assertThat(PlacementFailure.of(text)).isEqualTo(PlacementFailure.OTHER);
            }
          });
    }
  }

  @Test
  void aNameBehindTenThousandCharactersIsFound() {
    StoppedTask stopped =
        StoppedTask.of("", "x\n".repeat(HOSTILE_LENGTH / 2) + "OutOfMemoryError: killed");

    assertThat(StopReason.of(stopped.task(), Optional.empty())).isEqualTo(StopReason.OUT_OF_MEMORY);
  }

  @Test
  void whatStandsBehindTheFirstSixteenThousandCharactersIsNotLookedAt() {
    StoppedTask stopped = StoppedTask.of("", "x".repeat(20_000) + "OutOfMemoryError: killed");

    assertThat(StopReason.of(stopped.task(), Optional.empty())).isEqualTo(StopReason.OTHER);
  }

  private static <T> T any(List<T> rows, Random random) {
    return rows.get(random.nextInt(rows.size()));
  }
}
