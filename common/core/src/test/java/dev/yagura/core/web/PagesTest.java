package dev.yagura.core.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.core.page.Answer;
import dev.yagura.core.page.Note;
import dev.yagura.core.page.Note.State;
import dev.yagura.core.page.Page;
import dev.yagura.core.page.Page.Answerer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PagesTest {
  private static Page page(String path, Answerer answerer) {
    return new Page(path, Optional.empty(), answerer);
  }

  private static FakeExporter exporter(Page... pages) {
    return new FakeExporter("first", Duration.ofSeconds(30)).pages(pages);
  }

  @Test
  void aPageGetsItsParametersDecodedAndInOrder() {
    Page echo = page("/echo", asked -> Answer.text(200, asked.toString()));
    try (var site = new Site(exporter(echo))) {
      assertThat(site.get("/echo?a=1&b=%C3%BC+x&a=2&c").body())
          .isEqualTo("{a=[1, 2], b=[\u00fc x]}");
      assertThat(site.get("/echo").body()).isEqualTo("{}");
    }
  }

  @Test
  void aPageChoosesItsStatusItsTypeAndItsHeaders() {
    Page csv =
        page(
            "/x.csv",
            asked ->
                Answer.text(418, "a,b\r\n")
                    .with("Content-Disposition", "attachment; filename=\"x.csv\""));
    Page html = page("/x", asked -> Answer.html(200, "<p>"));
    try (var site = new Site(exporter(csv, html))) {
      HttpResponse<String> answer = site.get("/x.csv");
      assertThat(answer.statusCode()).isEqualTo(418);
      assertThat(answer.body()).isEqualTo("a,b\r\n");
      assertThat(answer.headers().firstValue("Content-Disposition"))
          .contains("attachment; filename=\"x.csv\"");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(site.get("/x").headers().firstValue("Content-Security-Policy"))
          .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'"));
    }
  }

  @Test
  void headHasNoBodyAndOtherMethodsAreRefused() {
    Page page = page("/x", asked -> Answer.text(200, "body"));
    try (var site = new Site(exporter(page))) {
      assertThat(site.send("HEAD", "/x").statusCode()).isEqualTo(200);
      assertThat(site.send("HEAD", "/x").body()).isEmpty();
      assertThat(site.send("POST", "/x").statusCode()).isEqualTo(405);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x/", "/x/y", "/X", "/", "/xy"})
  void onlyTheExactPathIsThePage(String path) {
    Page page = page("/x", asked -> Answer.text(200, "secret"));
    try (var site = new Site(exporter(page))) {
      assertThat(site.get(path).body()).doesNotContain("secret");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", "/metrics", "/metrics/x", "/-/healthy"})
  void aPathThatIsNoneOrTheServersIsRefused(String path) {
    assertThatThrownBy(() -> page(path, asked -> Answer.text(200, "")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPageThatBreaksTellsNothingOfWhy() {
    Page unchecked =
        page(
            "/unchecked",
            asked -> {
              throw new IllegalStateException("the password is tiger");
            });
    Page checked =
        page(
            "/checked",
            asked -> {
              throw new IOException("the password is tiger");
            });
    try (var site = new Site(exporter(unchecked, checked))) {
      for (String path : List.of("/unchecked", "/checked")) {
        HttpResponse<String> answer = site.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("a fault of ours; see the log\n");
      }
      assertThat(site.get("/-/healthy").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void pagesThatNeverEndLeaveThreadsForTheMetrics() throws InterruptedException {
    var begun = new CountDownLatch(PagesRoute.MAX_IN_FLIGHT);
    var end = new CountDownLatch(1);
    Page slow =
        page(
            "/slow",
            asked -> {
              begun.countDown();
              try {
                end.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return Answer.text(200, "done");
            });
    try (var site = new Site(exporter(slow))) {
      List<CompletableFuture<HttpResponse<String>>> aside = new ArrayList<>();
      for (int i = 0; i < PagesRoute.MAX_IN_FLIGHT; i++) {
        aside.add(site.getAside("/slow"));
      }
      begun.await();
      HttpResponse<String> refused = site.get("/slow");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).contains("5");
      assertThat(site.get("/metrics").statusCode()).isEqualTo(200);
      end.countDown();
      aside.forEach(answer -> assertThat(answer.join().body()).isEqualTo("done"));
      assertThat(site.get("/slow").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void onlyPagesWithATitleAreLinkedOnTheStatusPage() {
    Page titled = new Page("/x?<", Optional.of("Tom & Co"), asked -> Answer.text(200, ""));
    Page hidden = page("/hidden.csv", asked -> Answer.text(200, ""));
    try (var site = new Site(exporter(titled, hidden))) {
      assertThat(site.get("/").body())
          .contains("<a href=\"/x?&lt;\">Tom &amp; Co</a>")
          .doesNotContain("hidden.csv");
    }
  }

  @Test
  void aNoteIsASectionThatCannotBeProbed() {
    var note =
        new Note(
            "s3://logs/<cf>",
            State.BAD,
            "the queue is \"gone\"",
            List.of(new Note.Row("objects & more", "<12>")));
    var exporter = new FakeExporter("first", Duration.ofSeconds(30)).notes(note);
    try (var site = new Site(exporter)) {
      assertThat(site.get("/").body())
          .contains("first / s3://logs/&lt;cf&gt;")
          .contains("<span class=\"state bad\">the queue is &quot;gone&quot;</span>")
          .contains("objects &amp; more</td><td>&lt;12&gt;</td>")
          .doesNotContain("Probe", "Not scraped yet");
    }
  }
}
