package dev.yagura.core.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.metrics.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StuckTargetTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  /** Answers with the number of the visit, each as soon as it is let. */
  private static FakeTarget held(Semaphore lets) {
    var number = new AtomicInteger();
    return new FakeTarget(
        "stuck",
        visit -> {
          int mine = number.incrementAndGet();
          // Read before it sticks: the older of the two scrapers' answers.
          visit.run(FakeTarget.scraper("one", deadline -> FakeTarget.value(mine)));
          lets.acquireUninterruptibly();
          visit.run(FakeTarget.scraper("two", deadline -> Snapshot.empty()));
        });
  }

  @Test
  void whoWaitsIsAnsweredAtItsDeadlineAndOtherTargetsAreWhole() {
    var lets = new Semaphore(0);
    try (var group = new Group(held(lets), FakeTarget.answering("well"))) {
      Answer answer = group.scrape(SHORT);
      for (String scraper : List.of("one", "two")) {
        assertThat(answer.scrape("success", "stuck", scraper)).isZero();
        assertThat(answer.failures("stuck", scraper, "timeout")).isEqualTo(1);
        assertThat(answer.scrape("success", "well", scraper)).isEqualTo(1);
      }
      assertThat(answer.value("up", "stuck")).isZero();
      assertThat(answer.has("value", "stuck")).isFalse();
      lets.release();
    }
  }

  @Test
  void itIsNotVisitedAgainWhileItIsStuckAndItsRunIsCountedOnce() {
    var lets = new Semaphore(0);
    FakeTarget target = held(lets);
    try (var group = new Group(target)) {
      for (int i = 0; i < 5; i++) {
        assertThat(group.scrape(SHORT).failures("stuck", "one", "timeout")).isEqualTo(1);
      }
      assertThat(target.visits).hasValue(1);
      lets.release();
    }
  }

  @Test
  void itRecoversWhenTheStuckRunEndsAndThatRunsOldAnswerIsNeverGiven() {
    var lets = new Semaphore(0);
    FakeTarget target = held(lets);
    try (var group = new Group(target)) {
      group.scrape(SHORT);
      Pending next = start(group, Selection.all());
      lets.release(2);
      Answer answer = Answer.of(next.await());
      assertThat(answer.scrape("success", "stuck", "two")).isEqualTo(1);
      assertThat(answer.value("value", "stuck")).isEqualTo(2);
      assertThat(target.visits).hasValue(2);
    }
  }

  @Test
  void aTimeoutIsCountedForTheScrapersOfTheStuckRunNotOfTheOneWhoWaits() throws Exception {
    var entered = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var target =
        new FakeTarget(
            visit -> {
              entered.countDown();
              go.await();
            });
    try (var group = new Group(target)) {
      group.targets.start(
          Optional.empty(), Group.only("one"), Deadline.after(SHORT, System::nanoTime));
      entered.await();
      Answer answer = group.scrape(Group.only("two"), SHORT.multipliedBy(2));
      assertThat(answer.scrape("success", "t", "two")).isZero();
      assertThat(answer.failures("t", "one", "timeout")).isEqualTo(1);
      go.countDown();
    }
  }

  @Test
  void oneHundredTargetsOfWhichTwentyAreStuckGiveEightyWholeAnswers() {
    var lets = new Semaphore(0);
    List<FakeTarget> targets = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      targets.add(
          i % 5 == 0
              ? new FakeTarget("t" + i, visit -> lets.acquireUninterruptibly())
              : FakeTarget.answering("t" + i));
    }
    try (var group = new Group(targets)) {
      Deadline generous = Deadline.after(Duration.ofSeconds(30), System::nanoTime);
      Answer answer = group.scrape(Duration.ofSeconds(3));
      assertThat(generous.hasPassed()).isFalse();
      assertThat(targets)
          .filteredOn(
              target ->
                  answer.scrape("success", target.name(), "one") == 1
                      && answer.scrape("success", target.name(), "two") == 1
                      && answer.value("value", target.name()) == 1)
          .hasSize(80);
      assertThat(targets)
          .filteredOn(target -> answer.scrape("success", target.name(), "one") == 0)
          .hasSize(20);
      lets.release(20);
    }
  }

  @Test
  void noThreadIsLeftAfterTheGroupIsClosed() throws InterruptedException {
    var visiting = new ArrayList<Thread>();
    var entered = new CountDownLatch(1);
    var target =
        new FakeTarget(
            visit -> {
              visiting.add(Thread.currentThread());
              entered.countDown();
              new CountDownLatch(1).await();
            });
    try (var group = new Group(target)) {
      start(group, Selection.all());
      entered.await();
    }
    visiting.get(0).join(Duration.ofSeconds(30).toMillis());
    assertThat(visiting.get(0).isAlive()).isFalse();
    assertThat(target.closed).hasValue(1);
  }

  private static Pending start(Group group, Selection selection) {
    return group.targets.start(
        Optional.empty(), selection, Deadline.after(Group.AMPLE, System::nanoTime));
  }
}
