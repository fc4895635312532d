package dev.yagura.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.yagura.core.scrape.FailureReason;
import dev.yagura.testing.LineTarget.Fault;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check is seen red once, by a target that breaks its law; without the fault it is green. */
class TargetChecksTest {

  private static Arguments red(Fault fault, String why, Consumer<TargetChecks> check) {
    return arguments(fault, why, check);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        red(Fault.SHOWS_NOTHING, "line_depth", TargetChecks::readsAHealthyUpstreamInFull),
        red(Fault.EMITS_THE_UNDECLARED, "line_secret", TargetChecks::emitsOnlyWhatItDeclares),
        red(Fault.EMITS_WITH_ANOTHER_HELP, "another way", TargetChecks::emitsOnlyWhatItDeclares),
        red(
            Fault.DECLARES_ONE_NAME_TWICE,
            "second declaration of line_depth",
            TargetChecks::declaresEachNameWithOneTypeAndHelp),
        red(
            Fault.NEVER_THE_SAME_LABEL,
            "texts of one upstream",
            TargetChecks::sameInputGivesSameText),
        red(
            Fault.CALLS_EVERYTHING_A_BUG,
            "reasons of line",
            TargetChecks::toldInTimeThatTheUpstreamIsGone),
        red(
            Fault.IGNORES_ITS_DEADLINE,
            "the visit ended within",
            TargetChecks::toldInTimeThatTheUpstreamFrozeBeforeItAnswered),
        red(
            Fault.IGNORES_ITS_DEADLINE,
            "the visit ended within",
            TargetChecks::toldInTimeThatTheUpstreamFrozeInItsAnswer),
        red(
            Fault.CALLS_EVERYTHING_A_BUG,
            "bug",
            TargetChecks::toldInTimeThatTheUpstreamFrozeInItsAnswer),
        red(Fault.SHOWS_ZERO_FOR_NULL, "line_age_seconds", TargetChecks::whatIsNotToldIsAbsent),
        red(Fault.KEEPS_A_THREAD, "line-lingers", TargetChecks::leavesNothingBetweenScrapes),
        red(
            Fault.KEEPS_A_CONNECTION,
            "connections are left after a scrape",
            TargetChecks::leavesNothingBetweenScrapes),
        red(Fault.KEEPS_A_THREAD, "line-lingers", TargetChecks::leavesNothingOnceClosed),
        red(
            Fault.KEEPS_A_CONNECTION_ONCE_CLOSED,
            "connections are left after close",
            TargetChecks::leavesNothingOnceClosed),
        red(
            Fault.ASKS_MORE_EACH_TIME,
            "asked by two scrapes at once",
            TargetChecks::twoScrapesAtOnceAskOnce),
        red(Fault.GIVES_UP_FOR_GOOD, "success of line", TargetChecks::recoversByItself));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("faults")
  void aTargetThatBreaksTheLawIsFound(Fault fault, String why, Consumer<TargetChecks> check) {
    try (var good = new LineSubject();
        var bad = new LineSubject(fault)) {
      assertThatCode(() -> check.accept(new TargetChecks(good))).doesNotThrowAnyException();
      assertThatThrownBy(() -> check.accept(new TargetChecks(bad)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(why);
    }
  }

  @Test
  void garbageThatIsCalledByAnotherNameIsFound() {
    try (var subject =
        new LineSubject() {
          @Override
          public FailureReason garbage() {
            return FailureReason.UNREACHABLE;
          }
        }) {
      assertThatThrownBy(() -> new TargetChecks(subject).toldInTimeThatTheUpstreamAnswersGarbage())
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("invalid");
    }
  }

  @Test
  void aTransactionThatStaysOpenIsFound() {
    try (var subject =
        new LineSubject() {
          @Override
          public long openTransactions() {
            return 3;
          }
        }) {
      for (Consumer<TargetChecks> check :
          List.<Consumer<TargetChecks>>of(
              TargetChecks::leavesNothingBetweenScrapes, TargetChecks::leavesNothingOnceClosed)) {
        assertThatThrownBy(() -> check.accept(new TargetChecks(subject)))
            .isInstanceOf(AssertionError.class)
            .hasMessageContaining("3 open transactions");
      }
    }
  }

  @Test
  void whatItSaysItKeepsItMayKeepUntilItIsClosed() {
    try (var subject =
        new LineSubject(Fault.KEEPS_A_THREAD_UNTIL_CLOSED, Fault.KEEPS_A_CONNECTION) {
          @Override
          public List<String> keptThreads() {
            return List.of("line-");
          }

          @Override
          public int keptConnections() {
            return 2;
          }
        }) {
      var checks = new TargetChecks(subject);
      checks.leavesNothingBetweenScrapes();
      checks.leavesNothingOnceClosed();
    }
  }
}
