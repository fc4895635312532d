package dev.yagura.core.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersAndRateTest {
  private final Path directory;

  HeadersAndRateTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void headersAreSetOnEveryAnswerAlsoOnARefusal() {
    WebFiles files = new WebFiles(directory);
    files.config(
        "http_server_config:",
        "  headers:",
        "    X-Frame-Options: deny",
        "    X-Content-Type-Options: nosniff",
        "    X-XSS-Protection: ''",
        "    Content-Security-Policy: default-src 'self'",
        "basic_auth_users:",
        "  a: " + Hashes.of("right"));
    try (Served served = new Served(files.load())) {
      for (HttpResponse<String> answer : List.of(served.get(), served.getAs("a", "right"))) {
        assertThat(answer.headers().firstValue("X-Frame-Options")).contains("deny");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
            .contains("default-src 'self'");
        assertThat(answer.headers().firstValue("X-XSS-Protection")).isEmpty();
      }
    }
  }

  @Test
  void aRateIsHeldAfterItsBurst() {
    WebFiles files = new WebFiles(directory);
    files.config("rate_limit:", "  interval: 1m", "  burst: 2");
    try (Served served = new Served(files.load())) {
      assertThat(served.get().statusCode()).isEqualTo(200);
      assertThat(served.get().statusCode()).isEqualTo(200);
      assertThat(served.get().statusCode()).isEqualTo(429);
      files.passMillis(59_999);
      assertThat(served.get().statusCode()).isEqualTo(429);
      files.passMillis(1);
      assertThat(served.get().statusCode()).isEqualTo(200);
      assertThat(served.get().statusCode()).isEqualTo(429);
    }
  }

  @Test
  void aChangeElsewhereInTheFileGivesNoNewBurst() {
    WebFiles files = new WebFiles(directory);
    files.config("rate_limit: {interval: 1m, burst: 1}");
    try (Served served = new Served(files.load())) {
      assertThat(served.get().statusCode()).isEqualTo(200);
      files.config(
          "rate_limit: {interval: 1m, burst: 1}",
          "http_server_config: {headers: {X-Frame-Options: deny}}");
      files.passMillis(1000);
      HttpResponse<String> answer = served.get();
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("X-Frame-Options")).contains("deny");
    }
  }

  @Test
  void aRateOfZeroIsNoLimit() {
    WebFiles files = new WebFiles(directory);
    files.config("rate_limit: {interval: 0, burst: 0}");
    try (Served served = new Served(files.load())) {
      assertThat(served.get().statusCode()).isEqualTo(200);
      assertThat(served.get().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void http2IsTakenAndSaidNotToBeServed() {
    WebFiles files = new WebFiles(directory);
    files.config("http_server_config: {http2: true}");
    try (LogTrap log = new LogTrap(LiveConfig.class)) {
      assertThat(files.load().tls()).isFalse();
      assertThat(log.warnings()).singleElement().asString().contains("HTTP/1.1 only");
    }
  }

  @ParameterizedTest
  @CsvSource({"1s,1000000000", "1m30s,90000000000", "0.5s,500000000", "100ms,100000000", "0,0"})
  void durationsAreReadAsGoWritesThem(String text, long nanos) {
    assertThat(GoDuration.nanos(text)).hasValue(nanos);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-1s", "s", "1 s", "1d", "99999999999h"})
  void whatIsNoDurationIsNone(String text) {
    assertThat(GoDuration.nanos(text)).isEmpty();
  }
}
