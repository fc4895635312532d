package dev.yagura.core.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Exporter;
import dev.yagura.core.scrape.Pending;
import dev.yagura.core.scrape.Selection;
import dev.yagura.core.scrape.TargetStatus;
import dev.yagura.core.web.FakeExporter.FakeTarget;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FaultsTest {
  /** An exporter whose scrape is given by a test. */
  private record Broken(Pending pending) implements Exporter {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public List<Family<?>> families() {
      return List.of();
    }

    @Override
    public List<String> scrapers() {
      return List.of();
    }

    @Override
    public Duration budget() {
      return Duration.ofSeconds(10);
    }

    @Override
    public boolean hasTarget(String target) {
      return true;
    }

    @Override
    public Pending start(Optional<String> target, Selection selection, Deadline deadline) {
      return pending;
    }

    @Override
    public List<TargetStatus> status() {
      throw new IllegalStateException("secret");
    }

    @Override
    public void close() {}
  }

  private static final Pending THROWING =
      () -> {
        throw new IllegalStateException("secret");
      };

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/metrics/broken", "/probe?target=any", "/"})
  void aFaultOfOursIsOnePlainSentence(String path) {
    try (var site = new Site(new Broken(THROWING))) {
      HttpResponse<String> response = site.get(path, "Accept-Encoding", "gzip");
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body()).isEqualTo("a fault of ours; see the log\n");
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("text/plain; charset=utf-8");
      assertThat(site.get("/-/healthy").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anErrorIsOnePlainSentenceToo() {
    Pending overflowing =
        () -> {
          throw new StackOverflowError();
        };
    try (var site = new Site(new Broken(overflowing))) {
      assertThat(site.get("/metrics").body()).isEqualTo("a fault of ours; see the log\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip"})
  void halfAnAnswerIsNeverTakenForAWholeOne(String encoding) {
    Family<Integer> family =
        Family.<Integer>gauge(
                "g",
                "Help.",
                row -> {
                  if (row == 9999) {
                    throw new IllegalStateException("broken in the middle");
                  }
                  return row;
                })
            .label("id", String::valueOf);
    List<Samples> samples =
        List.of(
            Samples.of(
                List.of(Snapshot.of(List.of(family), IntStream.range(0, 10_000).boxed().toList())),
                ConstantLabels.none()));
    try (var site = new Site(new Broken(() -> samples))) {
      assertThatThrownBy(() -> site.bytes("/metrics", "Accept-Encoding", encoding))
          .isInstanceOf(IOException.class);
      assertThat(site.get("/-/healthy").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aTargetThatBreaksIsAnAnswerWithoutAStackTrace() {
    var target =
        new FakeTarget(
            "t",
            "one",
            deadline -> {
              throw new IllegalStateException("broken");
            });
    try (var site = new Site(new FakeExporter("first", Duration.ofSeconds(30), target))) {
      HttpResponse<String> response = site.get("/metrics");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).contains("reason=\"bug\"");
      for (String path : List.of("/metrics", "/metrics/first", "/probe?target=t", "/")) {
        assertThat(site.get(path).body())
            .doesNotContain("\tat ", "at dev.yagura", "at java.base")
            .contains("one");
      }
    }
  }

  @Test
  void thePageEscapesWhateverATargetSaysAndIsCalled() {
    var target =
        new FakeTarget(
            "<script>alert('\"&</script>",
            "one",
            deadline -> {
              throw new IllegalStateException("</td><img src=x onerror=\"alert(1)\"> & 'more'");
            });
    try (var site = new Site(new FakeExporter("first", Duration.ofSeconds(30), target))) {
      site.get("/metrics");
      String page = site.get("/").body();
      assertThat(page)
          .contains("&lt;script&gt;alert(&#39;&quot;&amp;&lt;/script&gt;")
          .contains(
              "&lt;/td&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;more&#39;")
          .contains("/probe?target=%3Cscript%3E")
          .doesNotContain("<script", "<img");
    }
  }

  @Test
  void thePageShowsTheStateOfEachTargetAndScraper() {
    var well = new FakeTarget("well", "one", deadline -> 1);
    var ill =
        new FakeTarget(
            "ill",
            "one",
            deadline -> {
              throw new IOException("reset by peer");
            });
    try (var site = new Site(new FakeExporter("first", Duration.ofSeconds(30), well, ill))) {
      assertThat(site.get("/").body()).contains("Not scraped yet");
      site.get("/metrics");
      HttpResponse<String> page = site.get("/");
      assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
      assertThat(page.body())
          .doesNotContain("Not scraped yet")
          .contains("first / well", "first / ill", ">Up</span>", "Up, 1 scraper fails")
          .contains(">unreachable</td>", "IOException: reset by peer", "Version 1.2.3");
    }
  }
}
