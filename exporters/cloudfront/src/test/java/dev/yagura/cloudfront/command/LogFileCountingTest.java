package dev.yagura.cloudfront.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.cloudfront.command.Counting.Progress;
import dev.yagura.cloudfront.command.Counting.Result;
import dev.yagura.cloudfront.command.Counting.Unread;
import dev.yagura.cloudfront.count.Column;
import dev.yagura.loggenerator.LogGenerator;
import dev.yagura.loggenerator.LogPlan;
import dev.yagura.loggenerator.LogWriter;
import dev.yagura.loggenerator.Popularity;
import dev.yagura.loggenerator.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileCountingTest {
  private static final int LINES = 500;
  private static final Clock CLOCK =
      Clock.fixed(LogGenerator.START.plus(Duration.ofDays(1)), ZoneOffset.UTC);

  @TempDir Path folder;

  @BeforeEach
  void writeLogs() throws IOException {
    write("E1EXAMPLE00000.2026-11-22-07.aaaa.gz", 1);
    write("E1EXAMPLE00000.2026-11-22-07.bbbb.gz", 2);
    write("E2EXAMPLE00000.2026-11-22-07.cccc.gz", 3);
  }

  private void write(String name, long seed) throws IOException {
    var traffic =
        new Traffic(seed, Popularity.zipf(40, 1.0), LogGenerator.START, Duration.ofHours(3), 0);
    Files.write(folder.resolve(name), LogWriter.bytes(LogPlan.v1(33, LINES), traffic));
  }

  private static Result count(Object... arguments) throws IOException {
    String[] texts = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    Options options = Objects.requireNonNull(QuickStart.plain(texts));
    List<String> problems = new ArrayList<>();
    Question question = options.read(problems);
    assertThat(problems).isEmpty();
    return new LogFileCounting(CLOCK).count(question, Progress.NONE);
  }

  private static List<Long> requests(Result result) {
    return result.reports().stream().map(report -> report.totals().get(Column.REQUESTS)).toList();
  }

  @Test
  void eachDistributionOfAFolderHasItsReport() throws IOException {
    Result result = count(folder);
    assertThat(result.reports().stream().map(report -> report.query().distribution()))
        .containsExactly("E1EXAMPLE00000", "E2EXAMPLE00000");
    assertThat(requests(result)).containsExactly(2L * LINES, (long) LINES);
    assertThat(result.unread()).isEmpty();
  }

  @Test
  void aFileThatSeveralArgumentsNameIsCountedOnce() throws IOException {
    Path first = folder.resolve("E1EXAMPLE00000.2026-11-22-07.aaaa.gz");
    assertThat(requests(count(first, folder, folder + "/*aaaa*", first)))
        .isEqualTo(requests(count(folder)));
  }

  @Test
  void onlyTheDistributionThatIsAskedForIsRead() throws IOException {
    assertThat(requests(count(folder, "--distribution", "E2EXAMPLE00000")))
        .containsExactly((long) LINES);
  }

  @Test
  void windowsDivideTheRequests() throws IOException {
    long sum = 0;
    for (String hour : List.of("07", "08", "09")) {
      String start = "2026-11-22T" + hour + ":00:00Z";
      String end = "2026-11-22T" + hour + ":59:59Z";
      List<Long> requests = requests(count(folder, "--start", start, "--end", end));
      assertThat(requests).allMatch(count -> count > 0);
      sum += requests.stream().mapToLong(Long::longValue).sum();
    }
    assertThat(sum).isEqualTo(3L * LINES);
  }

  @Test
  void aFileThatCannotBeReadIsNamedAndNothingOfItIsCounted() throws IOException {
    Path cut = folder.resolve("E1EXAMPLE00000.2026-11-22-07.bbbb.gz");
    byte[] whole = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    Result result = count(folder, folder.resolve("missing"));
    assertThat(result.unread().stream().map(Unread::location))
        .containsExactlyInAnyOrder(cut.toString(), folder.resolve("missing").toString());
    assertThat(requests(result)).containsExactly((long) LINES, (long) LINES);
  }

  @Test
  void oneObjectIsRoomEnoughForAReport() throws IOException {
    Result result = count(folder, "--top", "1", "--max-objects", "1");
    assertThat(requests(result)).containsExactly(2L * LINES, (long) LINES);
  }

  @Test
  void whatLinesLackIsTold() throws IOException {
    Files.writeString(
        folder.resolve("old"),
        "#Fields: date time cs-uri-stem sc-status sc-bytes\n2012-01-02\t03:04:05\t/a\t200\t7\n");
    assertThat(count(folder.resolve("old"), folder.resolve("*aaaa*")).missingColumns())
        .isEqualTo(Map.of("x-edge-result-type", 1L, "x-edge-response-result-type", 1L));
  }
}
