package dev.yagura.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.LeakCheck;
import dev.yagura.testing.Promtool;
import dev.yagura.testing.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Paths come from strangers, and stand in labels. */
@ExtendWith(LeakCheck.class)
class ObjectLabelTest {
  private static final List<String> ODD =
      List.of(
          "/a\"b",
          "/a\\b",
          "/a\\",
          "/a\\n",
          "/{a=\"b\"} 1",
          "/a\u00a0b",
          "/\u6aaa\ud83d\ude00",
          "/a\u2028b",
          "/<script>",
          "# HELP x");

  @TempDir private Path folder;

  @Test
  void anOddPathIsOneSeriesThatReadsAsThePath() throws Exception {
    LogFolder logs = new LogFolder(folder.resolve("logs"));
    logs.put(LogFolder.name(OneLog.DISTRIBUTION, 1), OneLog.of(ODD.toArray(String[]::new)));
    try (Watch watch = Watch.of(folder.resolve("state"), logs).awaitFiles(1)) {
      List<Sample> samples = watch.scrape().samples("cloudfront_object_requests_total");
      assertThat(samples)
          .extracting(sample -> sample.label("object"))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(ODD.stream(), Stream.of("other")).toList());
      Promtool.assumePresent();
      assertThat(Promtool.complaints(watch.text())).isEmpty();
    }
  }

  /** JSON can say what no line can hold. */
  @Test
  void aLineEndInAPathStaysInsideTheLabel() throws Exception {
    LogFolder logs = new LogFolder(folder.resolve("logs"));
    logs.put(
        LogFolder.name(OneLog.DISTRIBUTION, 1),
        """
        {"date":"2026-11-22","time":"07:15:00","cs-uri-stem":"/a\\nb\\u0000\\tc\\"","sc-status":"200",\
        "sc-bytes":"1","x-edge-result-type":"Hit","x-edge-response-result-type":"Hit"}
        """);
    try (Watch watch = Watch.of(folder.resolve("state"), logs).awaitFiles(1)) {
      assertThat(watch.scrape().samples("cloudfront_object_requests_total"))
          .extracting(Sample::labels)
          .contains(
              new TreeMap<>(Map.of("distribution", OneLog.DISTRIBUTION, "object", "/a\nb\0\tc\"")));
    }
  }
}
