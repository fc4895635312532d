package dev.yagura.cloudfront.distributions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MissingLogsTest {
  private static final String ID = "E2EXAMPLE12345";
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Duration WITHIN = Duration.ofHours(24);
  private static final StandardLogging ON = new StandardLogging(true, "logs", "");
  private static final StandardLogging OFF = new StandardLogging(false, "", "");

  private boolean enabled = true;
  private Instant modified = ago(700);
  private Instant since = ago(100);
  private StandardLogging logging = ON;

  private static Instant ago(long hours) {
    return NOW.minus(Duration.ofHours(hours));
  }

  private Optional<Boolean> missing(Map<String, Instant> newest) {
    var distribution =
        new ListedDistribution(
            ID, "d", List.of(), "all", "http2", enabled, true, modified, "1", Optional.empty());
    return new MissingLogs(WITHIN, new LogArrivals(since, newest), NOW).of(distribution, logging);
  }

  @Test
  void aRequestOfTheLastDayIsAnArrival() {
    assertThat(missing(Map.of(ID, ago(24)))).contains(false);
  }

  @Test
  void noneOfTheLastDayIsMissed() {
    assertThat(missing(Map.of(ID, ago(25)))).contains(true);
    assertThat(missing(Map.of("E3OTHER12345", ago(1)))).contains(true);
  }

  @Test
  void whatArrivesIsToldWhateverTheConfigurationSays() {
    logging = OFF;
    enabled = false;
    assertThat(missing(Map.of(ID, ago(1)))).contains(false);
  }

  @Test
  void nothingIsMissedWhereNothingIsExpected() {
    logging = OFF;
    assertThat(missing(Map.of())).as("v1 is off, v2 may be on").isEmpty();
    logging = ON;
    enabled = false;
    assertThat(missing(Map.of())).as("disabled").isEmpty();
  }

  @Test
  void aChangeOfTheLastDayMayBeThatLoggingWasTurnedOn() {
    modified = ago(23);
    assertThat(missing(Map.of())).isEmpty();
  }

  @Test
  void whatWasNeverSeenIsMissedOnlyAfterADayOfLooking() {
    since = ago(23);
    assertThat(missing(Map.of())).isEmpty();
    since = ago(24);
    assertThat(missing(Map.of())).contains(true);
  }

  @Test
  void whatWasSeenBeforeIsMissedAnHourAfterAStart() {
    since = NOW.minus(Duration.ofMinutes(59));
    assertThat(missing(Map.of(ID, ago(30)))).isEmpty();
    since = ago(1);
    assertThat(missing(Map.of(ID, ago(30)))).contains(true);
  }

  @Test
  void logsThatDoNotNameTheirDistributionMayBeTheOnesThatAreMissed() {
    assertThat(missing(Map.of("unknown", ago(1)))).isEmpty();
    assertThat(missing(Map.of("unknown", ago(25)))).contains(true);
  }
}
