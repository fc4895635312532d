package dev.yagura.cloudfront;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.cloudfront.report.ReportPages;
import dev.yagura.core.page.Note;
import dev.yagura.loggenerator.LogFields;
import dev.yagura.testing.LeakCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who asked, and what with, is in every log line and nowhere else. */
@ExtendWith(LeakCheck.class)
class PersonalDataTest {
  private static final String MARKER = "Marker";
  private static final String ADDRESS = "203.0.113.77";

  /** All that may be kept of a line; every other column holds a marker. */
  private static final Map<String, String> KEPT =
      Map.of(
          "date", "2026-11-22",
          "time", "07:15:00",
          "timestamp", "1795331700.000",
          "timestamp(ms)", "1795331700000",
          "sc-status", "200",
          "sc-bytes", "100",
          "x-edge-result-type", "Hit",
          "x-edge-response-result-type", "Miss",
          "time-taken", "0.100",
          "time-to-first-byte", "0.050");

  private static final List<String> PLAIN =
      List.of(
          "timestamp(ms)",
          "cs-uri-stem",
          "sc-status",
          "sc-bytes",
          "cs(User-Agent)",
          "c-ip",
          "x-edge-result-type",
          "x-edge-response-result-type",
          "cs(Cookie)",
          "cs-uri-query");

  @TempDir private Path folder;

  private LogFolder logs() {
    return new LogFolder(folder.resolve("logs"));
  }

  @Test
  void whoAskedIsNowhere() throws Exception {
    int files = putEveryFormat();
    Map<String, String> shown = shown(files, "");
    assertThat(shown.get("exposition"))
        .contains("/of/v1", "/of/json", "/of/real-time", "/of/plain");
    assertThat(shown.get("report")).contains("/of/v1");
    assertThat(shown.get("cloudfront.db")).contains("/of/v1", "/of/json", "/of/real-time");
    hasNothingPersonal(shown);
  }

  @Test
  void aParameterThatIsNamedIsKeptAndNoOther() throws Exception {
    int files = putEveryFormat();
    Map<String, String> shown = shown(files, "query_parameters: [w]");
    assertThat(shown.get("exposition")).contains("/of/v1?w=320\"", "/of/real-time?w=320\"");
    assertThat(shown.get("cloudfront.db")).contains("/of/json?w=320");
    hasNothingPersonal(shown);
  }

  /** Browsers have commas in their names, and the comma may be what is between columns. */
  @Test
  void whatStandsInAWrongColumnIsNotShownAsAResultType() throws Exception {
    String agent = "Mozilla/5.0%20(KHTML,%20like%20Gecko)%20" + MARKER;
    logs()
        .put(
            "plain/lines.csv",
            Stream.of(agent, agent + "," + MARKER + "=1", MARKER + "/1,session=" + MARKER)
                .map(one -> line(PLAIN, ",", "/of/plain", Map.of("cs(User-Agent)", one)))
                .collect(Collectors.joining()));
    Map<String, String> shown = shown(1, "");
    assertThat(shown.get("exposition")).contains("/of/plain", "result_type=\"other\"");
    hasNothingPersonal(shown);
  }

  private static void hasNothingPersonal(Map<String, String> shown) {
    shown.forEach(
        (where, text) ->
            assertThat(text.lines().filter(PersonalDataTest::isPersonal))
                .as("of whoever asked in %s", where)
                .isEmpty());
  }

  private static boolean isPersonal(String line) {
    return line.contains(MARKER) || line.contains(ADDRESS);
  }

  /** Everything that can be seen from outside, by where it is seen. */
  private Map<String, String> shown(int files, String section) throws Exception {
    Path state = folder.resolve("state");
    Map<String, String> shown = new TreeMap<>();
    try (var log = new LogTrap()) {
      try (Watch watch = Watch.of(state, sources() + section).awaitFiles(files)) {
        shown.put("exposition", watch.text());
        shown.put(
            "notes", watch.notes().stream().map(Note::toString).collect(Collectors.joining("\n")));
        for (String kind : List.of("", ".csv", ".json")) {
          for (String distribution : List.of(OneLog.DISTRIBUTION, "E4PLAINEXAMPLE", "unknown")) {
            shown.merge(
                "report",
                watch
                    .page(ReportPages.PATH + kind, Map.of("distribution", List.of(distribution)))
                    .body(),
                String::concat);
          }
        }
      }
      shown.put("log", log.text());
    }
    try (Stream<Path> found = Files.walk(state)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        shown.put(file.getFileName().toString(), Files.readString(file, ISO_8859_1));
      }
    }
    assertThat(shown).containsKeys("cloudfront.db", "log");
    return shown;
  }

  private String sources() {
    return """
        sources:
          - {path: "%1$s/v1/*"}
          - {path: "%1$s/plain/*", distribution: E4PLAINEXAMPLE, delimiter: ",", fields: %2$s}
          - {path: "%1$s/real-time/*", fields: %3$s}
        """
        .formatted(logs().path(), quoted(PLAIN), quoted(LogFields.REAL_TIME));
  }

  private static String quoted(List<String> words) {
    return words.stream()
        .map(word -> "\"" + word + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private int putEveryFormat() throws IOException {
    String v1 =
        "#Version: 1.0\n#Fields: "
            + String.join(" ", LogFields.V1)
            + "\n"
            + line(LogFields.V1, "\t", "/of/v1", Map.of())
            + line(LogFields.V1, "\t", "/of/bad-bytes", Map.of("sc-bytes", MARKER))
            + line(LogFields.V1, "\t", "/of/bad-time", Map.of("date", MARKER))
            + MARKER
            + "\t"
            + ADDRESS
            + "\n# "
            + MARKER
            + "\n";
    logs().put("v1/" + LogFolder.name(OneLog.DISTRIBUTION, 1), v1);
    byte[] corrupt = gzip(v1.repeat(20));
    corrupt[corrupt.length - 6] ^= 0x55;
    logs().put("v1/" + LogFolder.name(OneLog.DISTRIBUTION, 2) + ".gz", corrupt);
    logs().put("v1/" + LogFolder.name(OneLog.DISTRIBUTION, 3), MARKER + " is no log\n");
    logs().put("v1/" + LogFolder.name(OneLog.DISTRIBUTION, 4), json("/of/json"));
    logs().put("plain/lines.csv", line(PLAIN, ",", "/of/plain", Map.of()));
    String stem = "/of/real-time?" + query();
    logs().put("real-time/records", line(LogFields.REAL_TIME, "\t", stem, Map.of()));
    return 6;
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static String query() {
    return "token=" + MARKER + "&w=320&q=" + MARKER;
  }

  private static String line(
      List<String> fields, String delimiter, String path, Map<String, String> instead) {
    return fields.stream()
            .map(field -> instead.getOrDefault(field, value(field, path)))
            .collect(Collectors.joining(delimiter))
        + "\n";
  }

  private static String value(String field, String path) {
    if (field.equals("cs-uri-stem")) {
      return path;
    }
    if (field.equals("cs-uri-query")) {
      return query();
    }
    if (Set.of("c-ip", "x-forwarded-for").contains(field)) {
      return ADDRESS;
    }
    return KEPT.getOrDefault(field, MARKER);
  }

  private static String json(String path) {
    Map<String, String> values = new LinkedHashMap<>();
    LogFields.V2.forEach(field -> values.put(field, value(field, path)));
    String sound =
        values.entrySet().stream()
            .map(one -> "\"" + one.getKey() + "\":\"" + one.getValue() + "\"")
            .collect(Collectors.joining(",", "{", "}\n"));
    return sound + sound.substring(0, sound.length() / 2) + "\n";
  }
}
