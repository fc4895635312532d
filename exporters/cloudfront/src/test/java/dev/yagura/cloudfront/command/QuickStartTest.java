package dev.yagura.cloudfront.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickStartTest {
  @Provide
  Arbitrary<List<String>> commandLines() {
    return Arbitraries.of(
            "a.gz",
            "-",
            "@x",
            "--",
            "",
            "--human",
            "--quiet",
            "--human=true",
            "--top",
            "--top=5",
            "5",
            "05",
            "0x5",
            "--top=+5",
            "--order",
            "--order=misses",
            "bytes-from-misses",
            "--ord",
            "--format=csv",
            "--format",
            "json",
            "--start=2026-11-22",
            "--end",
            "2026-11-22T10:00Z",
            "--distribution",
            "--distribution=",
            "E1",
            "--fields=a,b",
            "--fields",
            "a,,b",
            "c",
            "--delimiter= ",
            "--delimiter",
            "\\t",
            "--query-parameters=w,v",
            "--rewrite=a=b",
            "--rewrite",
            "\"q\"=x",
            "--max-objects=77",
            "--help",
            "-h",
            "-x",
            "--rewrite=\"a\"=b")
        .list()
        .ofMaxSize(7);
  }

  @Property(tries = 3000)
  void whatIsReadQuicklyIsReadThatWayByPicocliToo(@ForAll("commandLines") List<String> line) {
    String[] arguments = line.toArray(String[]::new);
    Options quick = QuickStart.plain(arguments);
    if (quick == null) {
      return;
    }
    List<String> problems = new ArrayList<>();
    Question question = quick.read(problems);
    List<Question> questions = new ArrayList<>();
    Counting counting =
        (asked, progress) -> {
          questions.add(asked);
          return new Counting.Result(List.of(), List.of(), Map.of());
        };
    int code =
        PopularObjectsCommand.line(counting, around(new ByteArrayOutputStream()))
            .setErr(new PrintWriter(new StringWriter()))
            .execute(arguments);
    if (!problems.isEmpty()) {
      assertThat(code).isEqualTo(2);
    } else {
      assertThat(code).isZero();
      assertThat(questions).hasSize(1);
      // Patterns are equal only to themselves.
      assertThat(questions.get(0)).hasToString(question.toString());
    }
  }

  @Test
  void theUsualCommandLinesAreReadQuickly() {
    assertThat(QuickStart.plain(new String[] {"a.gz"})).isNotNull();
    assertThat(
            QuickStart.plain(
                new String[] {"--top", "50", "--order=bytes-from-misses", "--format", "csv", "x"}))
        .isNotNull();
    assertThat(QuickStart.plain(new String[] {"-", "--fields=a,b", "--rewrite=a=b"})).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--top=0", "--order=x", "--nonsense", "--format=xml"})
  void helpAndMistakesGoToPicocli(String argument) {
    var output = new ByteArrayOutputStream();
    Counting counting =
        (asked, progress) -> {
          throw new AssertionError("counted");
        };
    int code =
        QuickStart.run(
            "yagura popular-objects", new String[] {argument, "x"}, counting, around(output));
    assertThat(code).isEqualTo(argument.equals("--help") ? 0 : 2);
  }

  private static Surroundings around(ByteArrayOutputStream output) {
    return new Surroundings(
        output,
        false,
        new PrintStream(output, true, StandardCharsets.UTF_8),
        false,
        () -> 80,
        () -> 0);
  }
}
