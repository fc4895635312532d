package dev.yagura.aws.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.aws.budget.Budget.Claimant;
import dev.yagura.aws.meter.Meter;
import dev.yagura.aws.meter.PriceList;
import dev.yagura.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final Claimant RDS = new Claimant("prod/eu-west-1", "rds");
  private static final Claimant SQS = new Claimant("prod/eu-west-1", "sqs");

  private final FakeClock clock = FakeClock.at(Instant.parse("2026-11-25T00:00:00Z"));
  private final Meter meter = new Meter(PriceList.read(), clock);

  private static Claim claim(String query, Importance importance, double dollars) {
    return new Claim(query, importance, dollars);
  }

  @Test
  void withoutABoundEverythingIsGranted() {
    Budget budget = new Budget(OptionalDouble.empty(), meter);

    assertThat(budget.claim(RDS, List.of(claim("a", Importance.EXTRA, 1e9)))).containsExactly("a");
    assertThat(budget.shed()).isEmpty();
  }

  @Test
  void theLeastImportantIsShedFirst() {
    Budget budget = new Budget(OptionalDouble.of(10), meter);

    assertThat(
            budget.claim(
                RDS,
                List.of(
                    claim("extra", Importance.EXTRA, 4),
                    claim("essential", Importance.ESSENTIAL, 5),
                    claim("useful", Importance.USEFUL, 4))))
        .containsExactlyInAnyOrder("essential", "useful");
    assertThat(budget.shed()).containsExactly(new Budget.Shed(RDS, "extra", 4));
    assertThat(budget.projectedDollarsPerMonth()).isEqualTo(9);
  }

  @Test
  void whatIsEssentialToALaterOneComesBeforeAnEarliersExtras() {
    Budget budget = new Budget(OptionalDouble.of(10), meter);
    budget.claim(RDS, List.of(claim("extra", Importance.EXTRA, 8)));

    assertThat(budget.claim(SQS, List.of(claim("essential", Importance.ESSENTIAL, 8))))
        .containsExactly("essential");
    assertThat(budget.shed()).containsExactly(new Budget.Shed(RDS, "extra", 8));
  }

  @Test
  void whatComesBehindOneThatDoesNotFitIsShedTooEvenIfItIsCheap() {
    Budget budget = new Budget(OptionalDouble.of(10), meter);

    assertThat(
            budget.claim(
                RDS,
                List.of(claim("dear", Importance.USEFUL, 11), claim("cheap", Importance.EXTRA, 1))))
        .isEmpty();
  }

  @Test
  void aBudgetOfNothingGrantsNothing() {
    Budget budget = new Budget(OptionalDouble.of(0), meter);

    assertThat(budget.claim(RDS, List.of(claim("a", Importance.ESSENTIAL, 0.01)))).isEmpty();
  }

  @Test
  void whatIsSpentElsewhereLeavesLess() {
    Budget budget = new Budget(OptionalDouble.of(10), meter);
    meter.bill("cloudwatch", "ListMetrics", 1000, false); // A cent an hour: 7.30 dollars a month.
    clock.advance(Duration.ofHours(1));

    assertThat(budget.claim(RDS, List.of(claim("a", Importance.ESSENTIAL, 5)))).isEmpty();
    assertThat(budget.claim(RDS, List.of(claim("a", Importance.ESSENTIAL, 2))))
        .containsExactly("a");
    assertThat(budget.projectedDollarsPerMonth()).isBetween(9.3, 9.31);
  }

  @Test
  void aClaimReplacesTheOneBefore() {
    Budget budget = new Budget(OptionalDouble.of(10), meter);
    budget.claim(RDS, List.of(claim("a", Importance.ESSENTIAL, 8)));
    budget.claim(RDS, List.of());

    assertThat(budget.projectedDollarsPerMonth()).isZero();
  }

  @Test
  void whatWasShedComesBackOnlyWhereThereIsSomeRoom() {
    Budget budget = new Budget(OptionalDouble.of(10), meter);
    List<Claim> both =
        List.of(claim("a", Importance.ESSENTIAL, 5), claim("b", Importance.USEFUL, 4.9));
    Claim more = claim("more", Importance.ESSENTIAL, 0.2);
    assertThat(budget.claim(RDS, both)).containsExactlyInAnyOrder("a", "b");
    budget.claim(SQS, List.of(more));
    assertThat(budget.claim(RDS, both)).containsExactly("a");
    budget.claim(SQS, List.of());

    assertThat(budget.claim(RDS, both)).as("it would just fit").containsExactly("a");
    List<Claim> smaller =
        List.of(claim("a", Importance.ESSENTIAL, 5), claim("b", Importance.USEFUL, 4.7));
    assertThat(budget.claim(RDS, smaller)).containsExactlyInAnyOrder("a", "b");
  }
}
