package dev.yagura.aws.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PacerTest {
  private static final String SERVICE = "cloudwatch";
  private static final String OPERATION = "ListMetrics";
  private static final double LIMIT = 25;

  private final FakeClock clock = FakeClock.at(Instant.EPOCH);
  private final Pacer pacer = new Pacer(ApiLimits.read(), clock, clock::advance);

  private void call(String account, String region) throws Exception {
    pacer.await(account, region, SERVICE, OPERATION);
  }

  private Duration timeOf(int calls) throws Exception {
    long start = clock.getAsLong();
    for (int i = 0; i < calls; i++) {
      call("prod", "eu-west-1");
    }
    return Duration.ofNanos(clock.getAsLong() - start);
  }

  private double rate() {
    return pacer.rate("prod", "eu-west-1", SERVICE, OPERATION).orElseThrow();
  }

  @Test
  void aBurstDoesNotWait() throws Exception {
    assertThat(timeOf((int) LIMIT)).isZero();
  }

  @Test
  void manyCallsAreMadeNoFasterThanTheLimit() throws Exception {
    assertThat(timeOf((int) LIMIT + 250).toMillis()).isBetween(9_990L, 10_100L);
  }

  @Test
  void accountsAndRegionsDoNotWaitForEachOther() throws Exception {
    timeOf((int) LIMIT);
    long before = clock.getAsLong();

    call("prod", "eu-west-2");
    call("other", "eu-west-1");

    assertThat(clock.getAsLong()).isEqualTo(before);
  }

  @Test
  void throttlingHalvesTheRate() {
    pacer.throttled("prod", "eu-west-1", SERVICE, OPERATION);

    assertThat(rate()).isEqualTo(LIMIT / 2);
  }

  @Test
  void throttlingAtOnceIsOneAnswer() {
    pacer.throttled("prod", "eu-west-1", SERVICE, OPERATION);
    pacer.throttled("prod", "eu-west-1", SERVICE, OPERATION);

    assertThat(rate()).isEqualTo(LIMIT / 2);
  }

  @Test
  void throttlingForAnHourLeavesASlowRate() {
    for (int i = 0; i < 3600; i++) {
      clock.advance(Duration.ofSeconds(1));
      pacer.throttled("prod", "eu-west-1", SERVICE, OPERATION);
    }

    assertThat(rate()).isBetween(LIMIT / 128, LIMIT / 16);
  }

  @Test
  void theRateComesBackSlowly() {
    pacer.throttled("prod", "eu-west-1", SERVICE, OPERATION);
    clock.advance(Duration.ofSeconds(20));
    double soon = rate();
    clock.advance(Duration.ofSeconds(100));

    assertThat(soon).isBetween(LIMIT * 0.59, LIMIT * 0.61);
    assertThat(rate()).isEqualTo(LIMIT);
  }

  @Test
  void whoWouldWaitTooLongIsToldSoAndTakesNobodysTurn() throws Exception {
    for (int i = 0; i < 20; i++) {
      pacer.throttled("prod", "eu-west-1", SERVICE, OPERATION);
      clock.advance(Duration.ofMillis(1001));
    }
    Pacer standing = new Pacer(ApiLimits.read(), clock, wait -> {});
    for (int i = 0; i < LIMIT + 60 * LIMIT; i++) {
      standing.await("a", "b", SERVICE, OPERATION);
    }

    assertThatThrownBy(() -> standing.await("a", "b", SERVICE, OPERATION))
        .isInstanceOf(Pacer.TooBusyException.class)
        .hasMessageContaining("cloudwatch:ListMetrics");
    clock.advance(Duration.ofSeconds(1));
    standing.await("a", "b", SERVICE, OPERATION);
  }

  @Test
  void whatHasNoLimitIsNotHeldBack() throws Exception {
    long before = clock.getAsLong();
    for (int i = 0; i < 10_000; i++) {
      pacer.await("prod", "eu-west-1", "s3", "GetObject");
    }

    assertThat(clock.getAsLong()).isEqualTo(before);
  }
}
