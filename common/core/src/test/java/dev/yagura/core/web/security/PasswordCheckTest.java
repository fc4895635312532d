package dev.yagura.core.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordCheckTest {
  private static final BcryptHash CHEAP = hash("$2y$04$" + "a".repeat(53));
  private static final BcryptHash DEAR = hash("$2y$12$" + "b".repeat(53));

  private static BcryptHash hash(String text) {
    return BcryptHash.parse(text).orElseThrow();
  }

  /** With more patience than a test has, so that nobody is turned away for waiting too long. */
  private static PasswordCheck checking(Bcrypt bcrypt) {
    return new PasswordCheck(bcrypt, Duration.ofHours(1));
  }

  private static Credentials credentials(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return Credentials.fromHeader("basic " + Base64.getEncoder().encodeToString(pair))
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe,a",
    "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i,abc",
    "$2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC,abcdefghijklmnopqrstuvwxyz"
  })
  void theVectorsOfTheOriginalImplementationHold(String text, String password) {
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    for (String version : List.of("$2a$", "$2b$", "$2y$")) {
      assertThat(Bcrypt.compute(bytes, hash(text.replace("$2a$", version)))).isTrue();
    }
    assertThat(Bcrypt.compute((password + "x").getBytes(StandardCharsets.UTF_8), hash(text)))
        .isFalse();
  }

  @Test
  void aPasswordCountsUpToItsSeventySecondByte() {
    byte[] password = "x".repeat(80).getBytes(StandardCharsets.UTF_8);
    byte[] hashed =
        BCrypt.with(BCrypt.Version.VERSION_2Y, LongPasswordStrategies.none()).hash(4, password);
    BcryptHash hash = hash(new String(hashed, StandardCharsets.US_ASCII));
    byte[] other = password.clone();
    other[72] = 'y';
    assertThat(Bcrypt.compute(other, hash)).isTrue();
    other[71] = 'y';
    assertThat(Bcrypt.compute(other, hash)).isFalse();
  }

  @Test
  void aDecoyIsRealWorkThatNeverSucceeds() {
    BcryptHash decoy = CHEAP.decoy();
    assertThat(BcryptHash.parse(decoy.value())).contains(decoy);
    assertThat(Bcrypt.compute("right".getBytes(StandardCharsets.UTF_8), decoy)).isFalse();
  }

  @Test
  void unknownNamesCostWhatKnownNamesCostAndEachAlwaysTheSame() {
    List<String> costs = new ArrayList<>();
    PasswordCheck check =
        checking(
            (password, hash) -> {
              costs.add(hash.cost());
              return false;
            });
    Map<String, BcryptHash> users = Map.of("a", CHEAP, "b", DEAR);
    Set<String> all = new HashSet<>();
    for (int i = 0; i < 64; i++) {
      check.check(users, credentials("nobody" + i, "1"));
      check.check(users, credentials("nobody" + i, "2"));
      assertThat(costs.get(0)).isEqualTo(costs.get(1));
      all.addAll(costs);
      costs.clear();
    }
    assertThat(all).containsExactlyInAnyOrder("04", "12");
  }

  @Test
  void aFloodOfWrongPasswordsDoesNotDriveOutTheRightOne() {
    AtomicInteger computations = new AtomicInteger();
    PasswordCheck check =
        checking(
            (password, hash) -> {
              computations.incrementAndGet();
              return new String(password, StandardCharsets.UTF_8).equals("right");
            });
    Map<String, BcryptHash> users = Map.of("a", CHEAP);
    check.check(users, credentials("a", "right"));
    for (int i = 0; i < 3000; i++) {
      check.check(users, credentials("a", "wrong" + i));
    }
    int before = computations.get();
    assertThat(check.check(users, credentials("a", "right")))
        .isEqualTo(PasswordCheck.Outcome.ACCEPTED);
    assertThat(computations).hasValue(before);
    // The first wrong one has been forgotten: what is remembered is bounded.
    check.check(users, credentials("a", "wrong0"));
    assertThat(computations).hasValue(before + 1);
  }

  @Test
  @Timeout(60)
  void twoComputeAFewWaitAndTheRestAreTurnedAwayWhileTheKnownGoThrough() throws Exception {
    CountDownLatch computing = new CountDownLatch(PasswordCheck.AT_ONCE);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    PasswordCheck check =
        checking(
            (password, hash) -> {
              if (new String(password, StandardCharsets.UTF_8).equals("known")) {
                return true;
              }
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              computing.countDown();
              awaitQuietly(release);
              now.decrementAndGet();
              return false;
            });
    Map<String, BcryptHash> users = Map.of("a", CHEAP);
    assertThat(check.check(users, credentials("a", "known")))
        .isEqualTo(PasswordCheck.Outcome.ACCEPTED);
    ExecutorService clients = Executors.newCachedThreadPool();
    try {
      List<Future<PasswordCheck.Outcome>> answers = new ArrayList<>();
      int crowd = 3 * (PasswordCheck.AT_ONCE + PasswordCheck.WAITING);
      CountDownLatch turnedAway =
          new CountDownLatch(crowd - PasswordCheck.AT_ONCE - PasswordCheck.WAITING);
      for (int i = 0; i < crowd; i++) {
        Credentials guess = credentials("a", "guess" + i);
        answers.add(
            clients.submit(
                () -> {
                  PasswordCheck.Outcome outcome = check.check(users, guess);
                  turnedAway.countDown();
                  return outcome;
                }));
      }
      computing.await();
      // Most of the crowd is answered although no computation has ended.
      turnedAway.await();
      assertThat(check.check(users, credentials("a", "known")))
          .isEqualTo(PasswordCheck.Outcome.ACCEPTED);
      release.countDown();
      List<PasswordCheck.Outcome> outcomes = new ArrayList<>();
      for (Future<PasswordCheck.Outcome> answer : answers) {
        outcomes.add(answer.get());
      }
      assertThat(outcomes)
          .filteredOn(outcome -> outcome == PasswordCheck.Outcome.REFUSED)
          .hasSize(PasswordCheck.AT_ONCE + PasswordCheck.WAITING);
      assertThat(outcomes)
          .filteredOn(outcome -> outcome == PasswordCheck.Outcome.BUSY)
          .hasSize(crowd - PasswordCheck.AT_ONCE - PasswordCheck.WAITING);
      assertThat(most).hasValue(PasswordCheck.AT_ONCE);
    } finally {
      release.countDown();
      clients.shutdownNow();
    }
  }

  @Test
  void whoHasWaitedTooLongIsTurnedAway() throws Exception {
    CountDownLatch computing = new CountDownLatch(PasswordCheck.AT_ONCE);
    CountDownLatch release = new CountDownLatch(1);
    PasswordCheck check =
        new PasswordCheck(
            (password, hash) -> {
              computing.countDown();
              awaitQuietly(release);
              return false;
            },
            Duration.ZERO);
    Map<String, BcryptHash> users = Map.of("a", CHEAP);
    ExecutorService clients = Executors.newCachedThreadPool();
    try {
      for (int i = 0; i < PasswordCheck.AT_ONCE; i++) {
        Credentials guess = credentials("a", "guess" + i);
        clients.execute(() -> check.check(users, guess));
      }
      computing.await();
      assertThat(check.check(users, credentials("a", "late")))
          .isEqualTo(PasswordCheck.Outcome.BUSY);
    } finally {
      release.countDown();
      clients.shutdownNow();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
