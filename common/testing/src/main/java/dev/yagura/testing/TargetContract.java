package dev.yagura.testing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The tests that every kind of target passes. A test class of an exporter extends it and says, as
 * {@link TargetSubject}, how to make a target and what to expect of it.
 */
@Timeout(120)
public abstract class TargetContract implements TargetSubject {
  private final TargetChecks checks = new TargetChecks(this);

  @Test
  void aHealthyUpstreamIsReadInFull() {
    checks.readsAHealthyUpstreamInFull();
  }

  @Test
  void whatIsEmittedIsDeclared() {
    checks.emitsOnlyWhatItDeclares();
  }

  @Test
  void aNameHasOneTypeAndOneHelp() {
    checks.declaresEachNameWithOneTypeAndHelp();
  }

  @Test
  void theSameInputGivesTheSameText() {
    checks.sameInputGivesSameText();
  }

  @Test
  void anUpstreamThatIsGoneIsUnreachableWithinTheBudget() {
    checks.toldInTimeThatTheUpstreamIsGone();
  }

  @Test
  void anUpstreamThatFreezesBeforeItAnswersTimesOutWithinTheBudget() {
    checks.toldInTimeThatTheUpstreamFrozeBeforeItAnswered();
  }

  @Test
  void anUpstreamThatFreezesInItsAnswerTimesOutWithinTheBudget() {
    checks.toldInTimeThatTheUpstreamFrozeInItsAnswer();
  }

  @Test
  void anUpstreamThatAnswersGarbageIsToldApartWithinTheBudget() {
    checks.toldInTimeThatTheUpstreamAnswersGarbage();
  }

  @Test
  void aValueThatIsNotToldIsAbsentAndNeverZero() {
    checks.whatIsNotToldIsAbsent();
  }

  @Test
  void betweenScrapesNothingIsLeftButWhatIsKeptOnPurpose() {
    checks.leavesNothingBetweenScrapes();
  }

  @Test
  void onceClosedNothingIsLeft() {
    checks.leavesNothingOnceClosed();
  }

  @Test
  void twoScrapesAtOnceReachTheUpstreamOnce() {
    checks.twoScrapesAtOnceAskOnce();
  }

  @Test
  void afterAFaultItRecoversByItself() {
    checks.recoversByItself();
  }
}
