package dev.yagura.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestTest {
  private static final List<String> KNOWN =
      List.of("url", "port", "timeout", "scrape_timeout", "targets", "tls");

  @ParameterizedTest
  @CsvSource({
    "urll, url",
    "ur, url",
    "prot, port",
    "prt, port",
    "PORT, port",
    "tiemout, timeout",
    "timeuot, timeout",
    "target, targets",
    "scrape-timeout, scrape_timeout",
    "scrapeTimeout, scrape_timeout",
    "tsl, tls"
  })
  void aSlipOfThePenIsNearWhatWasMeant(String word, String meant) {
    assertThat(Nearest.to(word, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "colour", "timers", "uxx", "interval"})
  void anotherWordIsNearNone(String word) {
    assertThat(Nearest.to(word, KNOWN)).isEmpty();
  }

  @Test
  void ofEquallyNearOnesTheFirstIsNamed() {
    assertThat(Nearest.to("cat", List.of("zzz", "hat", "bat"))).contains("hat");
  }

  @Test
  void amongNoneNoneIsNear() {
    assertThat(Nearest.to("url", List.of())).isEmpty();
  }
}
