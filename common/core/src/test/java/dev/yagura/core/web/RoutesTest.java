package dev.yagura.core.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.core.web.FakeExporter.FakeTarget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RoutesTest {
  private final FakeTarget shop = new FakeTarget("shop", "one", deadline -> 1);
  private final FakeTarget bank = new FakeTarget("bank", "two", deadline -> 2);
  private final Site site =
      new Site(
          new FakeExporter("first", Duration.ofSeconds(30), shop),
          new FakeExporter("second", Duration.ofSeconds(30), bank));

  @AfterEach
  void close() {
    site.close();
  }

  private static Optional<String> type(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/* | text/plain; version=0.0.4; charset=utf-8",
        "application/openmetrics-text"
            + " | application/openmetrics-text; version=1.0.0; charset=utf-8",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"
            + " | application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
            + " encoding=delimited"
      })
  void metricsAreOfTheTypeThatWasAskedFor(String accept, String type) {
    HttpResponse<String> response = site.get("/metrics", "Accept", accept);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(type(response)).contains(type);
    assertThat(response.body()).contains("one_value", "yagura_build_info", "jvm_threads_current");
  }

  @Test
  void gzipIsGivenToWhoTakesIt() throws IOException {
    HttpResponse<byte[]> zipped = site.bytes("/metrics/first", "Accept-Encoding", "br, gzip;q=0.5");
    assertThat(zipped.headers().firstValue("Content-Encoding")).contains("gzip");
    var in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()));
    assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("one_value{");
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip;q=0", "gzip; q=0.000", "notgzip"})
  void gzipIsNotGivenToWhoDoesNot(String encoding) {
    HttpResponse<String> plain = site.get("/metrics/first", "Accept-Encoding", encoding);
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(plain.body()).contains("one_value{");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/", "/-/healthy", "/-/ready", "/nothing"})
  void headHasTheHeadersOfGetAndNoBody(String path) {
    HttpResponse<String> head = site.send("HEAD", path);
    assertThat(head.statusCode()).isEqualTo(site.get(path).statusCode());
    assertThat(type(head)).isPresent().isEqualTo(type(site.get(path)));
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/metricsfoo",
        "/metrics/",
        "/metrics/third",
        "/metrics/first/",
        "/metrics/../metrics",
        "/metrics/%2e%2e/%2e%2e/etc/passwd",
        "/../../etc/passwd",
        "/-/",
        "/-/healthy/",
        "/probe/",
        "/favicon.ico",
        "//metrics/first"
      })
  void everythingElseIsNotFound(String path) {
    assertThat(site.get(path).statusCode()).isEqualTo(404);
    assertThat(shop.visits).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/metrics", "/metrics/first", "/probe?target=shop", "/-/healthy"})
  void onlyGetAndHeadAreAllowed(String path) {
    for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH"}) {
      HttpResponse<String> response = site.send(method, path);
      assertThat(response.statusCode()).isEqualTo(405);
      assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    }
    assertThat(shop.visits).hasValue(0);
  }

  @Test
  void healthAndReadinessAnswer() {
    assertThat(site.get("/-/healthy").body()).isEqualTo("healthy\n");
    assertThat(site.get("/-/ready").body()).isEqualTo("ready\n");
  }

  @Test
  void oneExporterIsShownByItselfWithoutTheProcess() {
    assertThat(site.get("/metrics/first").body())
        .contains("one_value{target=\"shop\"} 1.0")
        .doesNotContain("two_value", "jvm_");
    assertThat(bank.visits).hasValue(0);
  }

  @Test
  void onlyTheNamesAskedForAreShown() {
    assertThat(site.get("/metrics?name%5B%5D=one_value&name[]=two_value").body())
        .isEqualTo(
            """
            # HELP one_value Help.
            # TYPE one_value gauge
            one_value{target="shop"} 1.0
            # HELP two_value Help.
            # TYPE two_value gauge
            two_value{target="bank"} 2.0
            """);
  }

  @Test
  void onlyTheScrapersAskedForRun() {
    String body = site.get("/metrics?collect[]=one").body();
    assertThat(body).contains("one_value{", "scraper=\"one\"").doesNotContain("two_value");
    assertThat(body).doesNotContain("jvm_", "scraper=\"two\"");
  }

  @Test
  void aScraperThatDoesNotExistIsRefusedAndNothingIsVisited() {
    for (String path :
        new String[] {
          "/metrics?collect[]=one&collect[]=three",
          "/metrics?collect[]=",
          "/metrics/first?collect[]=two",
          "/probe?target=shop&collect[]=two"
        }) {
      assertThat(site.get(path).statusCode()).as(path).isEqualTo(400);
    }
    assertThat(shop.visits).hasValue(0);
    assertThat(bank.visits).hasValue(0);
  }

  @Test
  void aProbeVisitsItsTargetAlone() {
    assertThat(site.get("/probe?target=bank&collect[]=two").body())
        .contains("two_value{target=\"bank\"} 2.0")
        .doesNotContain("one_value", "jvm_");
    assertThat(shop.visits).hasValue(0);
    assertThat(bank.visits).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"other", "", "SHOP", "shop%20", "localhost:5432", "%3Cscript%3E"})
  void aProbeOfAnUnknownTargetIsNotFoundAndNothingIsVisited(String target) {
    HttpResponse<String> response = site.get("/probe?target=" + target);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("no such target\n");
    assertThat(shop.visits).hasValue(0);
    assertThat(bank.visits).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/probe", "/probe?", "/probe?target", "/probe?target=shop&target=bank"})
  void aProbeNamesOneTarget(String path) {
    assertThat(site.get(path).statusCode()).isEqualTo(400);
    assertThat(shop.visits).hasValue(0);
  }

  @Test
  void aReloadIsPosted() {
    assertThat(site.get("/-/reload").statusCode()).isEqualTo(405);
    assertThat(site.get("/-/reload").headers().firstValue("Allow")).contains("POST, PUT");
    assertThat(site.send("POST", "/-/reload").body()).isEqualTo("reloaded\n");
  }

  @Test
  void aRefusedReloadTellsEveryProblemAndTheOldGoesOn() {
    site.configuration("wrong: 1\nworse: 2\n");
    HttpResponse<String> response = site.send("POST", "/-/reload");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body().lines())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).startsWith("yagura.yml:1: wrong"))
        .anySatisfy(line -> assertThat(line).startsWith("yagura.yml:2: worse"));
    assertThat(site.get("/metrics").body())
        .contains("one_value{target=\"shop\"} 1.0", "yagura_config_last_reload_successful 0.0");
    assertThat(site.get("/").body()).contains("The configuration file is refused");
  }

  @Test
  void aServerThatIsClosedAnswersNoMore() {
    site.close();
    assertThatThrownBy(() -> site.get("/-/healthy")).hasRootCauseInstanceOf(IOException.class);
  }
}
