package dev.yagura.core.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplacedTargetsTest {
  @Test
  void aNewTargetIsScrapedAndOneThatIsGoneIsClosedAndSilent() {
    FakeTarget gone = FakeTarget.answering("gone");
    FakeTarget fresh = FakeTarget.answering("fresh");
    try (var group = new Group(gone)) {
      group.scrape();
      group.targets.replace(List.of(fresh));
      Answer answer = group.scrape();
      assertThat(answer.value("value", "fresh")).isEqualTo(1);
      assertThat(answer.values().keySet()).noneMatch(series -> series.contains("gone"));
      assertThat(gone.closed).hasValue(1);
      assertThat(group.targets.has("gone")).isFalse();
      assertThat(group.targets.has("fresh")).isTrue();
    }
    assertThat(fresh.closed).hasValue(1);
    assertThat(gone.closed).hasValue(1);
  }

  @Test
  void aTargetThatStaysIsNotClosedAndKeepsWhatIsKnownOfItsFailures() {
    var stays =
        new FakeTarget(
            "stays",
            visit -> {
              throw new ScrapeException(FailureReason.DENIED, "no");
            });
    try (var group = new Group(stays)) {
      group.scrape();
      group.targets.replace(List.of(FakeTarget.answering("new"), stays));
      assertThat(group.scrape().failures("stays", "one", "denied")).isEqualTo(2);
      assertThat(stays.closed).hasValue(0);
      assertThat(group.targets.status())
          .extracting(TargetStatus::target)
          .containsExactly("new", "stays");
    }
  }

  @Test
  void anotherTargetOfTheSameNameBeginsAnew() {
    FakeTarget before = FakeTarget.answering("t");
    FakeTarget after = FakeTarget.answering("t");
    try (var group = new Group(before)) {
      group.scrape();
      group.scrape();
      group.targets.replace(List.of(after));
      assertThat(group.scrape().value("value", "t")).isEqualTo(1);
      assertThat(before.closed).hasValue(1);
    }
  }

  @Test
  void aTargetIsNotClosedUnderAScrapeButBehindIt() throws Exception {
    var entered = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var target =
        new FakeTarget(
            visit -> {
              entered.countDown();
              go.await();
              visit.run(FakeTarget.scraper("one", deadline -> FakeTarget.value(7)));
            });
    var threads = new ArrayList<Thread>();
    TargetRunner runner =
        runner(
            target,
            run -> {
              var thread = new Thread(run);
              threads.add(thread);
              thread.start();
            });
    Pending scrape = runner.start(Group.only("one"), ample());
    entered.await();
    runner.retire();
    assertThat(target.closed).hasValue(0);
    go.countDown();
    assertThat(Answer.of(scrape.await()).value("value", "t")).isEqualTo(7);
    threads.get(0).join();
    assertThat(target.closed).hasValue(1);
    runner.retire();
    assertThat(target.closed).hasValue(1);
  }

  @Test
  void aScrapeThatFindsItsTargetReplacedSaysNothingOfItAndDoesNotOpenIt() {
    FakeTarget target = FakeTarget.answering("t");
    TargetRunner runner = runner(target, Runnable::run);
    runner.retire();
    assertThat(runner.start(Selection.all(), ample()).await()).isEmpty();
    assertThat(target.visits).hasValue(0);
  }

  private static TargetRunner runner(Target target, Executor workers) {
    return new TargetRunner("fake", target, workers, System::nanoTime, Clock.systemUTC());
  }

  private static Deadline ample() {
    return Deadline.after(Group.AMPLE, System::nanoTime);
  }

  @Test
  void twoTargetsOfOneNameAreRefusedAndNothingIsReplaced() {
    FakeTarget first = FakeTarget.answering("first");
    try (var group = new Group(first)) {
      List<FakeTarget> twins = List.of(FakeTarget.answering("t"), FakeTarget.answering("t"));
      assertThatThrownBy(() -> group.targets.replace(twins))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("two targets are called t");
      assertThat(group.scrape().value("value", "first")).isEqualTo(1);
      assertThat(first.closed).hasValue(0);
    }
  }

  @Test
  void whatComesAfterTheEndIsClosedAtOnce() {
    FakeTarget late = FakeTarget.answering("late");
    var group = new Group(FakeTarget.answering("t"));
    group.close();
    group.targets.replace(List.of(late));
    assertThat(late.closed).hasValue(1);
    assertThat(group.targets.has("late")).isFalse();
  }
}
