package dev.yagura.cloudfront.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.accesslog.format.LogShape;
import dev.yagura.cloudfront.command.Counting.Result;
import dev.yagura.cloudfront.command.Counting.Unread;
import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.Order;
import dev.yagura.cloudfront.report.PopularObjects;
import dev.yagura.cloudfront.report.ReportQuery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PopularObjectsCommandTest {
  private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();
  private final List<Question> questions = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private boolean terminal;
  private OutputStream sink = output;
  private Result result = new Result(List.of(report("E1")), List.of(), Map.of());

  private static PopularObjects report(String distribution) {
    Counts counts = Counts.of(3, 1, 2, 400, 500, 0, 3, 0, 0, 0);
    return new PopularObjects(
        new ReportQuery(distribution, START, START.plusSeconds(86_400), 50, Order.REQUESTS),
        Optional.empty(),
        START,
        List.of(new PopularObjects.Entry("/" + "long/".repeat(40), counts, OptionalLong.empty())),
        counts,
        Optional.empty(),
        0,
        Optional.of(START));
  }

  private int run(String... arguments) {
    Counting counting =
        (question, progress) -> {
          questions.add(question);
          for (int i = 1; i <= 10; i++) {
            nanos.addAndGet(50_000_000);
            progress.at(i * 100L, 1000, i);
          }
          return result;
        };
    return run(counting, arguments);
  }

  private int run(Counting counting, String... arguments) {
    var around =
        new Surroundings(
            sink,
            terminal,
            new PrintStream(error, true, StandardCharsets.UTF_8),
            terminal,
            () -> 70,
            nanos::get);
    return PopularObjectsCommand.line(counting, around)
        .setErr(new PrintWriter(error, true, StandardCharsets.UTF_8))
        .execute(arguments);
  }

  private String out() {
    return output.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return error.toString(StandardCharsets.UTF_8);
  }

  @Test
  void nothingButFilesAsksForTheConsolesReport() {
    assertThat(run("a.gz", "s3://b/p", "-")).isZero();
    assertThat(questions)
        .containsExactly(
            new Question(
                List.of("a.gz", "s3://b/p", "-"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                50,
                Order.REQUESTS,
                LogShape.OF_FILE,
                List.of(),
                List.of(),
                100_000));
    assertThat(out()).startsWith("Popular objects of E1, ").contains("/" + "long/".repeat(40));
    assertThat(err()).isEmpty();
  }

  @Test
  void everyFlagReachesTheQuestion() {
    int code =
        run(
            "--top=7",
            "--order=bytes-from-misses",
            "--start=2026-11-22T10:30Z",
            "--end=2026-11-22",
            "--distribution=E9",
            "--fields=date,time,sc-bytes",
            "--delimiter=\\t",
            "--query-parameters=w,v",
            "--rewrite=^/img/(?=x)[0-9]+/=/img/{id}=/",
            "--rewrite=a\\=b=c",
            "--max-objects=10",
            "x");
    assertThat(code).as(err()).isZero();
    Question question = questions.get(0);
    assertThat(question.top()).isEqualTo(7);
    assertThat(question.order()).isEqualTo(Order.BYTES_FROM_MISSES);
    assertThat(question.start()).contains(Instant.parse("2026-11-22T10:00:00Z"));
    assertThat(question.end()).contains(Instant.parse("2026-11-23T00:00:00Z"));
    assertThat(question.distribution()).contains("E9");
    assertThat(question.shape())
        .isEqualTo(new LogShape(List.of("date", "time", "sc-bytes"), Optional.of('\t')));
    assertThat(question.queryParameters()).containsExactly("w", "v");
    assertThat(question.rewrites().stream().map(rule -> rule.match().pattern()))
        .containsExactly("^/img/(?=x)[0-9]+/", "a\\=b");
    assertThat(question.rewrites().stream().map(Question.Rewrite::replace))
        .containsExactly("/img/{id}=/", "c");
    assertThat(question.maxObjects()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--top=0",
        "--top=x",
        "--order=size",
        "--format=xml",
        "--start=now",
        "--end=now",
        "--delimiter=ab",
        "--rewrite=abc",
        "--rewrite=(=x",
        "--max-objects=3",
        "--nonsense"
      })
  void wrongUsageIsTwoAndNothingIsRead(String argument) {
    assertThat(run(argument, "x")).isEqualTo(2);
    assertThat(err()).contains(argument.substring(0, argument.indexOf('=') + 1).replace("=", ""));
    assertThat(out()).isEmpty();
    assertThat(questions).isEmpty();
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    assertThat(run("--order=size", "--format=xml", "--rewrite=abc", "x")).isEqualTo(2);
    assertThat(err()).contains("--order:", "--format:", "--rewrite:");
  }

  @Test
  void withoutAFileItIsWrongUsage() {
    assertThat(run()).isEqualTo(2);
  }

  @Test
  void aFileThatCannotBeReadIsOneAndTheOthersAreReported() {
    result =
        new Result(
            List.of(report("E1")), List.of(new Unread("b\u001B[2J.gz", "ends early")), Map.of());
    assertThat(run("a", "b")).isEqualTo(1);
    assertThat(out()).contains("PARTIAL: 1 file could not be read");
    assertThat(err())
        .isEqualTo(
            """
            yagura: b%1B[2J.gz: ends early
            yagura: 1 file could not be read; the report is partial
            """);
  }

  @Test
  void manyUnreadFilesAreNotAllNamed() {
    List<Unread> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      many.add(new Unread("f" + i, "is gone"));
    }
    result = new Result(List.of(), many, Map.of());
    assertThat(run("x")).isEqualTo(1);
    assertThat(err().lines()).hasSize(22).contains("yagura: and 980 files more");
  }

  @Test
  void malformedLinesAreCountedOnStandardErrorUnlessQuiet() {
    result =
        new Result(
            List.of(report("E1")), List.of(), new TreeMap<>(Map.of("fields", 2L, "time", 1L)));
    assertThat(run("x")).isZero();
    assertThat(err()).isEqualTo("yagura: malformed lines left out: 2 fields, 1 time\n");
    error.reset();
    assertThat(run("--quiet", "x")).isZero();
    assertThat(err()).isEmpty();
  }

  @Test
  void nothingToSayIsOneWithItsReason() {
    Counting failing =
        (question, progress) -> {
          throw new IOException("no credentials");
        };
    assertThat(run(failing, "s3://b/p")).isEqualTo(1);
    assertThat(err()).isEqualTo("yagura: no credentials\n");
    assertThat(out()).isEmpty();
  }

  @Test
  void severalDistributionsAreReportedOneAfterTheOther() {
    result = new Result(List.of(report("E1"), report("E2")), List.of(), Map.of());
    run("--format=csv", "x");
    assertThat(out()).containsOnlyOnce("DistributionID,E1\r\n").contains("\r\n\r\nVersion,1.0\r\n");
    output.reset();
    run("--format=json", "x");
    assertThat(out()).contains("\"distribution_id\" : \"E2\"").contains("}\n\n{");
  }

  @Test
  void onATerminalTheTableFitsAndTheBarIsWipedOff() {
    terminal = true;
    assertThat(run("x")).isZero();
    assertThat(out().lines().skip(1)).allSatisfy(line -> assertThat(line).hasSizeLessThan(71));
    assertThat(err())
        .contains("\r[####....................] 20%  200 B of 1.0 kB  2 lines")
        .endsWith("\r\u001B[K");
    assertThat(err().split("\r", -1))
        .hasSize(7)
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(75));
  }

  @Test
  void whoWantsQuietHasNoBar() {
    terminal = true;
    assertThat(run("--quiet", "x")).isZero();
    assertThat(err()).isEmpty();
  }

  @Test
  void aReaderThatHasGoneEndsItQuietly() {
    sink = failing("Broken pipe");
    assertThat(run("x")).isEqualTo(141);
    assertThat(err()).isEmpty();
  }

  @Test
  void aFullDiskIsTold() {
    sink = failing("No space left on device");
    assertThat(run("x")).isEqualTo(1);
    assertThat(err())
        .isEqualTo("yagura: the report could not be written: No space left on device\n");
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(message);
      }
    };
  }
}
