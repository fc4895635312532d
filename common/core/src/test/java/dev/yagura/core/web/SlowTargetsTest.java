package dev.yagura.core.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.web.FakeExporter.FakeTarget;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class SlowTargetsTest {
  private static final String TIMEOUT = "X-Prometheus-Scrape-Timeout-Seconds";
  private static final Duration AMPLE = Duration.ofMinutes(2);

  private final CountDownLatch go = new CountDownLatch(1);
  private final FakeTarget stuck =
      new FakeTarget(
          "stuck",
          "slow",
          deadline -> {
            go.await();
            return 1;
          });

  @AfterEach
  void release() {
    go.countDown();
  }

  @Test
  void theTimeoutOfTheOneWhoAsksIsHonoured() {
    try (var site = new Site(new FakeExporter("first", AMPLE, stuck))) {
      assertThat(site.get("/metrics", TIMEOUT, "1").body())
          .contains("yagura_scrape_success{exporter=\"first\",scraper=\"slow\",target=\"stuck\"} 0")
          .contains("reason=\"timeout\"");
      go.countDown();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10, 9500",
    "0.5, 250",
    " 2.5 , 2000",
    "60, 20000",
    "0, 20000",
    "-1, 20000",
    "NaN, 20000",
    "1e9, 20000",
    "soon, 20000",
    "'', 20000"
  })
  void theDeadlineIsTheLesserOfWhatWasAskedAndTheBudget(String header, long millis) {
    var seen = new AtomicReference<Duration>();
    var target =
        new FakeTarget(
            "t",
            "one",
            deadline -> {
              seen.set(deadline.remaining());
              return 1;
            });
    try (var site = new Site(new FakeExporter("first", Duration.ofSeconds(20), target))) {
      site.get("/metrics/first", TIMEOUT, header);
    }
    // A tenth of a second is kept for the way back, the rest is what a busy machine takes.
    assertThat(seen.get()).isBetween(Duration.ZERO, Duration.ofMillis(millis - 100));
    if (millis > 2000) {
      assertThat(seen.get()).isGreaterThan(Duration.ofMillis(millis - 5000));
    }
  }

  @Test
  void oneExportersSlowTargetDoesNotDelayAnotherExporter() throws Exception {
    var reached = new CountDownLatch(1);
    var other =
        new FakeTarget(
            "quick",
            "quick",
            deadline -> {
              reached.countDown();
              return 1;
            });
    try (var site =
        new Site(
            new FakeExporter("first", AMPLE, stuck), new FakeExporter("second", AMPLE, other))) {
      CompletableFuture<HttpResponse<String>> scrape = site.getAside("/metrics");
      reached.await();
      assertThat(scrape).isNotDone();
      go.countDown();
      assertThat(scrape.get().body())
          .contains("quick_value{target=\"quick\"} 1.0", "slow_value{target=\"stuck\"} 1.0");
    }
  }

  @Test
  void anExporterWithALongerBudgetStillHasAllOfIt() {
    var seen = new AtomicReference<Duration>();
    var other =
        new FakeTarget(
            "quick",
            "quick",
            deadline -> {
              seen.set(deadline.remaining());
              return 1;
            });
    try (var site =
        new Site(
            new FakeExporter("first", Duration.ofSeconds(2), stuck),
            new FakeExporter("second", Duration.ofSeconds(3), other))) {
      String body = site.get("/metrics").body();
      assertThat(body)
          .contains("quick_value{target=\"quick\"} 1.0")
          .doesNotContain("slow_value{")
          .contains(
              "yagura_scrape_success{exporter=\"first\",scraper=\"slow\",target=\"stuck\"} 0");
      assertThat(seen.get()).isGreaterThan(Duration.ofMillis(1200));
      go.countDown();
    }
  }

  @Test
  void theFortyFirstScrapeIsRefusedWhileHealthAnswers() throws Exception {
    try (var site = new Site(new FakeExporter("first", AMPLE, stuck))) {
      List<CompletableFuture<HttpResponse<String>>> inFlight = new ArrayList<>();
      for (int i = 0; i < MetricsRoute.MAX_IN_FLIGHT; i++) {
        inFlight.add(site.getAside("/metrics"));
      }
      // Those in flight may not have arrived yet: until then this one has a place, and ends by its
      // own timeout; whoever found that place taken comes again.
      HttpResponse<String> refused = site.get("/metrics/first", TIMEOUT, "0.2");
      while (refused.statusCode() == 200) {
        inFlight.removeIf(CompletableFuture::isDone);
        while (inFlight.size() < MetricsRoute.MAX_IN_FLIGHT) {
          inFlight.add(site.getAside("/metrics"));
        }
        refused = site.get("/metrics/first", TIMEOUT, "0.2");
      }
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).isEqualTo("too many scrapes are in flight\n");
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(site.get("/-/healthy").statusCode()).isEqualTo(200);
      assertThat(site.get("/-/ready").statusCode()).isEqualTo(200);
      assertThat(site.get("/").statusCode()).isEqualTo(200);
      go.countDown();
      assertThat(inFlight)
          .hasSize(MetricsRoute.MAX_IN_FLIGHT)
          .allSatisfy(
              one -> assertThat(one.get().body()).contains("slow_value{target=\"stuck\"} 1.0"));
      assertThat(site.get("/metrics").body())
          .contains("yagura_http_scrapes_in_flight 1.0")
          .doesNotContain("yagura_http_scrapes_rejected_total 0.0");
    }
  }
}
