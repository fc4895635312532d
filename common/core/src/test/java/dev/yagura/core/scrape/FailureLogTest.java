package dev.yagura.core.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureLogTest {
  private static final Logger LOGGER = Logger.getLogger(FailureLog.class.getName());

  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private final Handler trap =
      new Handler() {
        @Override
        public void publish(LogRecord event) {
          said.add(event.getLevel() + " " + new SimpleFormatter().formatMessage(event));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private @Nullable Throwable opening;
  private @Nullable Exception scraping;
  private final FakeTarget target =
      new FakeTarget(
          visit -> {
            Throwable fault = opening;
            if (fault instanceof Exception exception) {
              throw exception;
            } else if (fault instanceof Error error) {
              throw error;
            }
            visit.run(
                FakeTarget.scraper(
                    "one",
                    deadline -> {
                      if (scraping != null) {
                        throw scraping;
                      }
                      return FakeTarget.value(1);
                    }));
            visit.run(FakeTarget.scraper("two", deadline -> FakeTarget.value(1)));
          });
  private final Group group = new Group(target);

  @BeforeEach
  void listen() {
    LOGGER.addHandler(trap);
    LOGGER.setUseParentHandlers(false);
    LOGGER.setLevel(Level.INFO);
  }

  @AfterEach
  void close() {
    LOGGER.removeHandler(trap);
    LOGGER.setUseParentHandlers(true);
    group.close();
  }

  private void scrape(int times) {
    for (int i = 0; i < times; i++) {
      group.scrape();
    }
  }

  @Test
  void aFailureIsSaidOnceAndARecoveryOnce() {
    opening = new ScrapeException(FailureReason.UNREACHABLE, "refused by db:5432");
    scrape(3);
    opening = null;
    scrape(3);
    assertThat(said)
        .containsExactly(
            "WARNING fake t: the target failed, unreachable: refused by db:5432",
            "INFO fake t: the target answers again");
  }

  @Test
  void aFailureAfterARecoveryIsSaidAgain() {
    scraping = new ScrapeException(FailureReason.DENIED, "no permission");
    scrape(2);
    scraping = null;
    scrape(1);
    scraping = new ScrapeException(FailureReason.DENIED, "no permission");
    scrape(2);
    assertThat(said)
        .containsExactly(
            "WARNING fake t: one failed, denied: no permission",
            "INFO fake t: one answers again",
            "WARNING fake t: one failed, denied: no permission");
  }

  @Test
  void anotherReasonIsSaidToo() {
    scraping = new ScrapeException(FailureReason.DENIED, "no permission");
    scrape(2);
    scraping = new ScrapeException(FailureReason.TIMEOUT, "too slow");
    scrape(2);
    scraping = new ScrapeException(FailureReason.DENIED, "no permission");
    scrape(2);
    assertThat(said).hasSize(2).last().asString().contains("timeout: too slow");
  }

  @Test
  void whatIsNotSupportedIsSaidOnceAndNotAsAWarning() {
    scraping = new UnsupportedException("needs 14");
    scrape(3);
    assertThat(said).containsExactly("INFO fake t: not supported, needs 14: one");
  }

  @Test
  void aFaultOfOursIsAnError() {
    opening = new StackOverflowError();
    scrape(2);
    assertThat(said).containsExactly("SEVERE fake t: the target failed, bug");
  }
}
