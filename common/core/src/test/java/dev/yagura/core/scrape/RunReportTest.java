package dev.yagura.core.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.scrape.RunReport.ScraperReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunReportTest {
  private final ScrapeException slow = new ScrapeException(FailureReason.TIMEOUT, "too slow");

  @Test
  void aRunOfSomeScrapersKeepsWhatIsKnownOfTheOthers() {
    var whole =
        new RunReport(
            null,
            List.of(new ScraperReport("one", slow, 1), new ScraperReport("other", slow, 2)),
            3);
    var some = new RunReport(null, List.of(new ScraperReport("one", null, 4)), 4);
    assertThat(some.over(whole).scrapers())
        .containsExactly(new ScraperReport("one", null, 4), new ScraperReport("other", slow, 2));
    assertThat(some.over(whole).seconds()).isEqualTo(4);
  }
}
