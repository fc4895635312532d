package dev.yagura.core.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.metrics.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SingleFlightTest {
  @Test
  void twoScrapesAtOnceVisitTheTargetOnceAndBothGetTheAnswer() throws Exception {
    var entered = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var target =
        new FakeTarget(
            visit -> {
              entered.countDown();
              go.await();
              visit.run(FakeTarget.scraper("one", deadline -> FakeTarget.value(7)));
              visit.run(FakeTarget.scraper("two", deadline -> Snapshot.empty()));
            });
    try (var group = new Group(target)) {
      Pending first = start(group, Selection.all());
      entered.await();
      Pending second = start(group, Selection.all());
      go.countDown();
      assertThat(Answer.of(first.await()).value("value", "t")).isEqualTo(7);
      assertThat(Answer.of(second.await()).value("value", "t")).isEqualTo(7);
      assertThat(target.visits).hasValue(1);
    }
  }

  @Test
  void aDifferentSelectionWaitsForItsTurn() throws Exception {
    var entered = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var under = new AtomicInteger();
    var target =
        new FakeTarget(
            visit -> {
              assertThat(under.incrementAndGet()).isEqualTo(1);
              entered.countDown();
              go.await();
              visit.run(FakeTarget.scraper("one", deadline -> FakeTarget.value(1)));
              visit.run(FakeTarget.scraper("two", deadline -> FakeTarget.value(2)));
              under.decrementAndGet();
            });
    try (var group = new Group(target)) {
      Pending first = start(group, Group.only("one"));
      entered.await();
      Pending second = start(group, Group.only("two"));
      go.countDown();
      Answer one = Answer.of(first.await());
      Answer two = Answer.of(second.await());
      assertThat(one.scrape("success", "t", "one")).isEqualTo(1);
      assertThat(one.value("value", "t")).isEqualTo(1);
      assertThat(two.scrape("success", "t", "two")).isEqualTo(1);
      assertThat(two.value("value", "t")).isEqualTo(2);
      assertThat(target.visits).hasValue(2);
    }
  }

  @Test
  void inThousandsOfRacesNobodyIsLeftWithoutAWholeAnswerAndNoTwoVisitsOverlap() throws Exception {
    var inside = new AtomicInteger();
    var overlaps = new AtomicInteger();
    var number = new AtomicInteger();
    var target =
        new FakeTarget(
            visit -> {
              if (inside.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
              }
              visit.run(
                  FakeTarget.scraper(
                      "one", deadline -> FakeTarget.value(number.incrementAndGet())));
              visit.run(FakeTarget.scraper("two", deadline -> Snapshot.empty()));
              inside.decrementAndGet();
            });
    int callers = 4;
    int rounds = 2000;
    var barrier = new CyclicBarrier(callers);
    List<CompletableFuture<Integer>> whole = new ArrayList<>();
    try (var group = new Group(target)) {
      for (int caller = 0; caller < callers; caller++) {
        Selection selection = caller == 3 ? Group.only("two") : Selection.all();
        whole.add(CompletableFuture.supplyAsync(() -> race(group, selection, rounds, barrier)));
      }
      assertThat(whole).allSatisfy(count -> assertThat(count.get()).isEqualTo(rounds));
    }
    assertThat(overlaps).hasValue(0);
    assertThat(target.visits.get()).isBetween(2 * rounds, 4 * rounds);
  }

  private static int race(Group group, Selection selection, int rounds, CyclicBarrier barrier) {
    int whole = 0;
    double last = 0;
    for (int round = 0; round < rounds; round++) {
      try {
        barrier.await();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      Answer answer = group.scrape(selection, Group.AMPLE);
      boolean two = answer.scrape("success", "t", "two") == 1;
      if (selection.has("one")) {
        double value = answer.value("value", "t");
        whole += two && answer.scrape("success", "t", "one") == 1 && value > last ? 1 : 0;
        last = value;
      } else {
        whole += two && !answer.saysOf("success", "t", "one") ? 1 : 0;
      }
    }
    return whole;
  }

  @Test
  void failuresAreCountedOnceARunHoweverManyWaitForIt() throws Exception {
    var entered = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var target =
        new FakeTarget(
            visit -> {
              entered.countDown();
              go.await();
              throw new ScrapeException(FailureReason.UNREACHABLE, "refused");
            });
    try (var group = new Group(target)) {
      List<Pending> waiting = new ArrayList<>();
      waiting.add(start(group, Selection.all()));
      entered.await();
      for (int i = 0; i < 5; i++) {
        waiting.add(start(group, Selection.all()));
      }
      go.countDown();
      for (Pending pending : waiting) {
        assertThat(Answer.of(pending.await()).failures("t", "one", "unreachable")).isEqualTo(1);
      }
      assertThat(group.scrape().failures("t", "one", "unreachable")).isEqualTo(2);
    }
  }

  @Test
  void aScrapeAfterTheGroupIsClosedIsAnsweredToo() {
    FakeTarget target = FakeTarget.answering("t");
    var group = new Group(target);
    group.close();
    assertThat(group.scrape().failures("t", "one", "bug")).isEqualTo(1);
    assertThat(group.scrape().failures("t", "one", "bug")).isEqualTo(2);
    assertThat(target.visits).hasValue(0);
  }

  private static Pending start(Group group, Selection selection) {
    return group.targets.start(
        Optional.empty(), selection, Deadline.after(Duration.ofMinutes(1), System::nanoTime));
  }
}
