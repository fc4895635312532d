package dev.yagura.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.testing.TargetRig.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The laws that every target keeps, one method each: {@link TargetContract} runs them as tests, and
 * their own tests show each one red.
 */
public final class TargetChecks {
  /** What scheduling may add to a budget before it counts as overrun. */
  private static final Duration SLACK = Duration.ofSeconds(1);

  private final TargetSubject subject;

  public TargetChecks(TargetSubject subject) {
    this.subject = subject;
  }

  @FunctionalInterface
  private interface Check {
    void run(TargetRig rig, FrozenWire wire);
  }

  private void behindAWire(Check check) {
    try (var wire = FrozenWire.to(subject.upstream());
        var rig = new TargetRig(subject.target(wire.port()))) {
      check.run(rig, wire);
    }
  }

  /** A healthy upstream is read in full, and shows what it is sure to show. */
  public void readsAHealthyUpstreamInFull() {
    behindAWire(
        (rig, wire) -> {
          Answer answer = healthy(rig);
          assertThat(answer.parsed().families()).containsAll(subject.expectedFamilies());
          assertThat(answer.parsed().value("yagura_scrape_duplicate_rows")).hasValue(0);
        });
  }

  /** What it emits is among what it declares, with the type and the help that it declares. */
  public void emitsOnlyWhatItDeclares() {
    behindAWire(
        (rig, wire) -> {
          Map<String, String> declared = new HashMap<>();
          rig.families().forEach(family -> declared.put(family.name(), heading(family)));
          ParsedExposition emitted = healthy(rig).parsed();
          for (String name : emitted.families()) {
            if (!declared.containsKey(name) && isOfADeclaredKind(name, declared.keySet())) {
              continue;
            }
            assertThat(emitted.types().get(name) + " " + emitted.help().get(name))
                .as("emitted family %s, as declared", name)
                .isEqualTo(declared.get(name));
          }
        });
  }

  /** A declared name that ends in an underscore stands for all that begin with it. */
  private static boolean isOfADeclaredKind(String name, Set<String> declared) {
    return declared.stream().anyMatch(kind -> kind.endsWith("_") && name.startsWith(kind));
  }

  /** A name has one type and one help, however often it is declared. */
  public void declaresEachNameWithOneTypeAndHelp() {
    behindAWire(
        (rig, wire) -> {
          assertThat(rig.declared()).as("declared families").isNotEmpty();
          Map<String, String> headings = new HashMap<>();
          for (Family<?> family : rig.families()) {
            String other = headings.putIfAbsent(family.name(), heading(family));
            if (other != null) {
              assertThat(heading(family))
                  .as("second declaration of %s", family.name())
                  .isEqualTo(other);
            }
          }
        });
  }

  private static String heading(Family<?> family) {
    return family.type().textName() + " " + family.help();
  }

  /** The same upstream gives the same text, to the same target and to a new one. */
  public void sameInputGivesSameText() {
    Set<String> texts = new LinkedHashSet<>();
    for (int i = 0; i < 2; i++) {
      behindAWire(
          (rig, wire) -> {
            texts.add(normal(healthy(rig)));
            texts.add(normal(healthy(rig)));
          });
    }
    assertThat(texts).as("texts of one upstream, which part in %s", unshared(texts)).hasSize(1);
  }

  /** The lines that not all of these texts have. */
  private static Set<String> unshared(Set<String> texts) {
    Set<String> all = new TreeSet<>();
    texts.forEach(text -> all.addAll(text.lines().toList()));
    all.removeIf(line -> texts.stream().allMatch(text -> text.lines().anyMatch(line::equals)));
    return all;
  }

  private String normal(Answer answer) {
    return Expositions.normalise(
        answer.text(),
        sample -> sample.name().equals("yagura_scrape_duration_seconds") || subject.varies(sample));
  }

  /** An upstream that is gone is unreachable, at once: before the first scrape and after one. */
  public void toldInTimeThatTheUpstreamIsGone() {
    behindAWire(
        (rig, wire) -> {
          wire.refuse();
          failsInTime(rig, FailureReason.UNREACHABLE);
        });
    behindAWire(
        (rig, wire) -> {
          healthy(rig);
          wire.refuse();
          failsInTime(rig, FailureReason.UNREACHABLE);
        });
  }

  /** A server that accepts and says nothing costs no more than the budget. */
  public void toldInTimeThatTheUpstreamFrozeBeforeItAnswered() {
    behindAWire(
        (rig, wire) -> {
          wire.freeze();
          failsInTime(rig, FailureReason.TIMEOUT);
        });
  }

  /** A server that falls silent in the middle of its answer costs no more than the budget. */
  public void toldInTimeThatTheUpstreamFrozeInItsAnswer() {
    behindAWire(
        (rig, wire) -> {
          healthy(rig);
          long before = wire.bytesToClients();
          healthy(rig);
          long whole = wire.bytesToClients() - before;
          assertThat(whole).as("bytes of an answer").isPositive();
          wire.freezeAfter(whole / 2);
          Answer answer = inTime(rig);
          List<Sample> failures = answer.parsed().samples("yagura_scrape_failures_total");
          assertThat(failures).as("failures when frozen in the answer").isNotEmpty();
          assertThat(failures).extracting(one -> one.label("reason")).containsOnly("timeout");
        });
  }

  /** A server that talks no sense is told apart, in time. */
  public void toldInTimeThatTheUpstreamAnswersGarbage() {
    behindAWire(
        (rig, wire) -> {
          wire.answerGarbage();
          failsInTime(rig, subject.garbage());
        });
  }

  private void failsInTime(TargetRig rig, FailureReason reason) {
    Answer answer = inTime(rig);
    for (String scraper : rig.scrapers()) {
      assertThat(success(answer, scraper)).as("success of %s", scraper).hasValue(0);
      List<Sample> failures =
          answer.parsed().samples("yagura_scrape_failures_total").stream()
              .filter(sample -> sample.label("scraper").equals(scraper))
              .toList();
      assertThat(failures)
          .as("reasons of %s", scraper)
          .extracting(sample -> sample.label("reason"))
          .containsExactly(reason.label());
    }
  }

  /** A group answers in time whatever its target does, so the target's own end is waited for. */
  private Answer inTime(TargetRig rig) {
    Duration limit = subject.budget().plus(SLACK);
    long begin = System.nanoTime();
    Answer answer = rig.scrape(subject.budget());
    Duration left = limit.minusNanos(System.nanoTime() - begin);
    assertThat(answer.took()).as("time until the answer").isLessThan(limit);
    assertThat(rig.isIdleWithin(left)).as("the visit ended within %s", limit).isTrue();
    return answer;
  }

  /** What was not told has no sample, and the scrape is a success all the same. */
  public void whatIsNotToldIsAbsent() {
    TargetSubject.Absence absence = subject.absence();
    try (var rig = new TargetRig(absence.target())) {
      assertThat(rig.declared()).extracting(Family::name).containsAll(absence.families());
      assertThat(healthy(rig).parsed().families())
          .as("families of an upstream that does not tell %s", absence.families())
          .doesNotContainAnyElementsOf(absence.families());
    }
  }

  /** Between scrapes it keeps what it says it keeps, also after one that failed. */
  public void leavesNothingBetweenScrapes() {
    var before =
        LeakCheck.threads(
            Stream.concat(
                    Stream.of(FrozenWire.THREADS, TargetRig.THREADS),
                    subject.keptThreads().stream())
                .toArray(String[]::new));
    behindAWire(
        (rig, wire) -> {
          healthy(rig);
          nothingLeft("after a scrape", before, wire, subject.keptConnections());
          freezeOnce(rig, wire);
          nothingLeft("after a frozen scrape", before, wire, subject.keptConnections());
        });
  }

  /** Once closed, it has left nothing but what others use as well. */
  public void leavesNothingOnceClosed() {
    var before = LeakCheck.threads(FrozenWire.THREADS);
    behindAWire(
        (rig, wire) -> {
          healthy(rig);
          freezeOnce(rig, wire);
          healthy(rig);
          rig.close();
          nothingLeft("after close", before, wire, subject.sharedConnections());
        });
  }

  private void freezeOnce(TargetRig rig, FrozenWire wire) {
    wire.freeze();
    inTime(rig);
    wire.thaw();
  }

  private void nothingLeft(String when, LeakCheck.Threads before, FrozenWire wire, int kept) {
    before.assertNoNewThreads(subject.patience());
    if (!Await.until(subject.patience(), () -> wire.open() <= kept)) {
      throw new AssertionError(wire.open() + " connections are left " + when + ", not " + kept);
    }
    if (!Await.until(subject.patience(), () -> subject.openTransactions() == 0)) {
      throw new AssertionError(subject.openTransactions() + " open transactions are left " + when);
    }
  }

  /** Who comes while another scrape is under way is given that one's answer. */
  public void twoScrapesAtOnceAskOnce() {
    behindAWire(
        (rig, wire) -> {
          healthy(rig);
          long before = subject.asked(wire);
          healthy(rig);
          long once = subject.asked(wire) - before;
          assertThat(once).as("asked by one scrape").isPositive();

          wire.freeze();
          long asked = subject.asked(wire);
          long sent = wire.bytesFromClients();
          int connections = wire.connections();
          var first = new FutureTask<>(() -> rig.scrape(Await.PATIENCE));
          start(first);
          Await.until(
              "the first scrape is under way",
              () -> wire.bytesFromClients() > sent || wire.connections() > connections);
          var second = new FutureTask<>(() -> rig.scrape(Await.PATIENCE));
          Thread waiting = start(second);
          Await.until(
              "the second scrape waits", () -> waiting.getState() == Thread.State.TIMED_WAITING);
          wire.thaw();

          assertThat(succeeded(rig, get(first)).text()).isEqualTo(get(second).text());
          assertThat(subject.asked(wire) - asked)
              .as("asked by two scrapes at once, when one asks %s", once)
              .isLessThanOrEqualTo(once * 3 / 2);
        });
  }

  private static Thread start(FutureTask<Answer> scrape) {
    var thread = new Thread(scrape, TargetRig.THREADS + "client");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static Answer get(FutureTask<Answer> scrape) {
    try {
      return scrape.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("a scrape never throws", e);
    }
  }

  /** The next scrape after an upstream comes back is whole, without anyone's doing. */
  public void recoversByItself() {
    behindAWire(
        (rig, wire) -> {
          healthy(rig);
          freezeOnce(rig, wire);
          healthy(rig);
          wire.refuse();
          inTime(rig);
          wire.thaw();
          healthy(rig);
          wire.cut();
          inTime(rig);
          healthy(rig);
        });
  }

  private Answer healthy(TargetRig rig) {
    return succeeded(rig, rig.scrape(Await.PATIENCE));
  }

  private static Answer succeeded(TargetRig rig, Answer answer) {
    assertThat(rig.scrapers()).as("scrapers").isNotEmpty();
    Map<String, String> failed =
        answer.parsed().samples("yagura_scrape_failures_total").stream()
            .collect(
                Collectors.toMap(
                    one -> one.label("scraper"),
                    one -> one.label("reason"),
                    (a, b) -> a + ", " + b));
    for (String scraper : rig.scrapers()) {
      assertThat(success(answer, scraper))
          .as("success of %s; failures so far: %s", scraper, failed)
          .hasValue(1);
    }
    return answer;
  }

  private static OptionalDouble success(Answer answer, String scraper) {
    return answer.parsed().value("yagura_scrape_success", "scraper", scraper);
  }
}
