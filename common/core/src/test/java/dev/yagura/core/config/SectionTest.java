package dev.yagura.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SectionTest {
  private static final Map<String, String> ENV = Map.of("PGPASSWORD", "hunter2", "EMPTY", "");
  private static final String NO_SECRET =
      "y.yml:1: password: a secret must be ${env:NAME}, ${file:/path} or password_file";

  private record Target(String url, int port, Duration timeout) {
    Target {
      if (url.isBlank() || !url.startsWith("jdbc:")) {
        throw new IllegalArgumentException("url must start with jdbc:, not " + url);
      }
    }

    static Target read(Section section) {
      return new Target(
          section.requiredText("url"),
          section.integer("port", 5432, 1, 65535),
          section.duration("timeout", Duration.ofSeconds(5)));
    }
  }

  private record Pair(String name, URI uri) {
    static Pair read(Section section) {
      return new Pair(section.text("name", ""), URI.create("http://" + section.requiredText("h")));
    }
  }

  private record Suite(String level, List<Target> targets) {
    static Suite read(Section root) {
      return new Suite(
          root.text("level", "info"),
          root.section("aurora_postgres", s -> s.list("targets", Target::read), List.of()));
    }
  }

  @Test
  void aWholeConfigurationIsReadIntoRecords() throws Exception {
    String text =
        """
        level: debug
        aurora_postgres:
          targets:
            - url: jdbc:postgresql://a/
              port: 5433
              timeout: 1m30s
            - {url: "jdbc:postgresql://b/"}
        """;

    assertThat(read(text, Suite::read))
        .isEqualTo(
            new Suite(
                "debug",
                List.of(
                    new Target("jdbc:postgresql://a/", 5433, Duration.ofSeconds(90)),
                    new Target("jdbc:postgresql://b/", 5432, Duration.ofSeconds(5)))));
  }

  @Test
  void allProblemsAreReportedAtOnceEachAtItsLineAndPath() {
    String text =
        """
        levle: debug
        aurora_postgres:
          targets:
            - urll: jdbc:postgresql://a/
              port: 0
            - url: jdbc:postgresql://b/
              timeout: 30
          pasword: hunter2
        """;

    assertThat(problems(text, Suite::read))
        .containsExactly(
            "y.yml:1: levle: unknown key, did you mean \"level\"?",
            "y.yml:4: aurora_postgres.targets[0].url: required, but missing",
            "y.yml:4: aurora_postgres.targets[0].urll: unknown key, did you mean \"url\"?",
            "y.yml:5: aurora_postgres.targets[0].port:"
                + " must be a whole number from 1 to 65535, not \"0\"",
            "y.yml:7: aurora_postgres.targets[1].timeout:"
                + " a duration needs a unit, such as 30s or 30ms",
            "y.yml:8: aurora_postgres.pasword: unknown key, known: targets");
  }

  @Test
  void anUnknownKeyNamesTheNearestKnownOne() {
    assertThat(problems("tiemout: 1s\n", s -> s.duration("timeout", Duration.ZERO)))
        .containsExactly("y.yml:1: tiemout: unknown key, did you mean \"timeout\"?");
  }

  @Test
  void anUnknownKeyWithNoneNearNamesAllThatAreKnown() {
    assertThat(problems("colour: red\n", s -> s.text("name", "") + s.flag("tls", false)))
        .containsExactly("y.yml:1: colour: unknown key, known: name, tls");
  }

  @Test
  void aKeyIsKnownOnceAnyAccessorAskedForIt() {
    String text =
        """
        a: 1
        b: 1
        c: 1
        d: true
        e: true
        f: 1s
        g: ${env:PGPASSWORD}
        h: /secret
        i: [x]
        j: {x: y}
        k: [{}]
        l: {}
        m: 1
        n: 1
        o: 1
        p: {}
        """;

    assertThat(
            problems(
                text,
                s -> {
                  assertThat(s.has("a")).isTrue();
                  s.text("b", "");
                  s.requiredText("c");
                  s.flag("d", false);
                  s.flag("e");
                  s.duration("f", Duration.ZERO);
                  s.secret("g");
                  s.secretFile("h");
                  s.texts("i", List.of());
                  s.textMap("j");
                  s.list("k", item -> "");
                  s.section("l", item -> "");
                  s.integer("m", 1, 1, 1);
                  s.text("n");
                  s.parsed("o", Integer::valueOf);
                  s.section("p", item -> "", "");
                  return "";
                }))
        .isEmpty();
  }

  @Test
  void aSectionReadTwiceKnowsTheKeysOfBothReaders() {
    assertThat(
            problems(
                "s:\n  a: 1\n  b: 1\n  c: 1\n",
                root ->
                    List.of(
                        root.section("s", s -> s.text("a", ""), ""),
                        root.section("s", s -> s.text("b", ""), ""))))
        .containsExactly("y.yml:4: s.c: unknown key, known: a, b");
  }

  @Test
  void aListItemAndAKeySpeltLikeItAreTwoSections() {
    assertThat(
            problems(
                "a: [{x: 1}]\n\"a[0]\": {y: 1}\n",
                root ->
                    List.of(
                        root.list("a", s -> s.text("x", "")),
                        root.section("a[0]", s -> s.text("z", ""), ""))))
        .containsExactly("y.yml:2: a[0].y: unknown key, known: z");
  }

  @Test
  void anAbsentKeyIsItsFallback() throws Exception {
    read(
        "",
        s -> {
          assertThat(s.has("x")).isFalse();
          assertThat(s.text("x")).isEmpty();
          assertThat(s.text("x", "fallback")).isEqualTo("fallback");
          assertThat(s.integer("x", -7, 1, 2)).isEqualTo(-7);
          assertThat(s.flag("x")).isEmpty();
          assertThat(s.flag("x", true)).isTrue();
          assertThat(s.duration("x", Duration.ofDays(1))).isEqualTo(Duration.ofDays(1));
          assertThat(s.secret("x")).isEmpty();
          assertThat(s.secretFile("x")).isEmpty();
          assertThat(s.texts("x", List.of("a"))).containsExactly("a");
          assertThat(s.textMap("x")).isEmpty();
          assertThat(s.list("x", Target::read)).isEmpty();
          assertThat(s.section("x", Target::read)).isEmpty();
          assertThat(s.section("x", item -> "read", "fallback")).isEqualTo("fallback");
          return "";
        });
  }

  @Test
  void aTextIsTakenAsItIsWritten() throws Exception {
    String text =
        """
        number: 0123
        flag: yes
        version: 1.10
        quoted: ""
        null_in_quotes: "null"
        block: |
          two
          lines
        dollar: ${env:PGPASSWORD}
        """;

    assertThat(read(text, root -> root.keys().stream().map(key -> root.text(key, "?")).toList()))
        .isEqualTo(List.of("0123", "yes", "1.10", "", "null", "two\nlines\n", "${env:PGPASSWORD}"));
  }

  @Test
  void aKeyWithoutAValueIsAProblemWhereAValueIsWanted() {
    for (String nothing : List.of("", " ~", " null")) {
      assertThat(problems("a:" + nothing + "\n", s -> s.text("a", "fallback")))
          .containsExactly("y.yml:1: a: has no value");
    }
  }

  @Test
  void aKeyWithoutAValueIsEmptyWhereAListOrAMapIsWanted() throws Exception {
    assertThat(read("a:\n", s -> s.texts("a", List.of("fallback")))).isEqualTo(List.of());
    assertThat(read("a:\n", s -> s.list("a", Target::read))).isEqualTo(List.of());
    assertThat(read("a:\n", s -> s.textMap("a"))).isEqualTo(Map.of());
    assertThat(read("a:\n", s -> s.section("a", item -> "read", "fallback"))).isEqualTo("read");
  }

  @Test
  void aRequiredTextThatIsBlankIsAProblem() {
    assertThat(problems("a: ' '\n", s -> s.requiredText("a")))
        .containsExactly("y.yml:1: a: must not be empty");
  }

  @Test
  void aValueOfTheWrongShapeIsNamedByWhatItShouldBe() {
    assertThat(problems("a: {b: c}\n", s -> s.text("a", "")))
        .containsExactly("y.yml:1: a: must be a single value, not a map");
    assertThat(problems("a: [b]\n", s -> s.integer("a", 1, 1, 2)))
        .containsExactly("y.yml:1: a: must be a single value, not a list");
    assertThat(problems("a: b\n", s -> s.texts("a", List.of())))
        .containsExactly("y.yml:1: a: must be a list, not a single value");
    assertThat(problems("a: {}\n", s -> s.list("a", Target::read)))
        .containsExactly("y.yml:1: a: must be a list, not a map");
    assertThat(problems("a: b\n", s -> s.section("a", Target::read)))
        .containsExactly("y.yml:1: a: must be a map of keys, not a single value");
    assertThat(problems("a: []\n", s -> s.textMap("a")))
        .containsExactly("y.yml:1: a: must be a map of keys, not a list");
    assertThat(problems("a:\n  - url: jdbc:x\n  - b\n", s -> s.list("a", Target::read)))
        .containsExactly("y.yml:3: a[1]: must be a map of keys, not a single value");
  }

  @Test
  void anIntegerIsDecimalDigitsWithinItsRange() throws Exception {
    assertThat(read("a: 1\n", s -> s.integer("a", 0, 1, 3))).isEqualTo(1);
    assertThat(read("a: '3'\n", s -> s.integer("a", 0, 1, 3))).isEqualTo(3);
    assertThat(read("a: -3\n", s -> s.integer("a", 0, -3, 3))).isEqualTo(-3);
    int least = Integer.MIN_VALUE;
    assertThat(read("a: " + least + "\n", s -> s.integer("a", 0, least, 0))).isEqualTo(least);
    for (String wrong : List.of("0", "4", "-1", "1.0", "1e0", "0x1", "1_0", "one", "''", "４")) {
      assertThat(problems("a: " + wrong + "\n", s -> s.integer("a", 0, 1, 3)))
          .as(wrong)
          .containsExactly(
              "y.yml:1: a: must be a whole number from 1 to 3, not \"%s\""
                  .formatted(wrong.equals("''") ? "" : wrong));
    }
    assertThat(problems("a: 4294967297\n", s -> s.integer("a", 0, 1, 3))).hasSize(1);
    assertThat(problems("a: 99999999999999999999\n", s -> s.integer("a", 0, 1, 3))).hasSize(1);
    assertThat(problems("a: x\n", s -> s.integer("a", 0, least, 0))).hasSize(1);
  }

  @Test
  void aFlagIsTrueOrFalseAndNothingElse() throws Exception {
    assertThat(read("a: true\n", s -> s.flag("a", false))).isEqualTo(true);
    assertThat(read("a: false\n", s -> s.flag("a", true))).isEqualTo(false);
    assertThat(read("a: false\n", s -> s.flag("a"))).isEqualTo(Optional.of(false));
    for (String wrong : List.of("yes", "no", "on", "off", "True", "1")) {
      assertThat(problems("a: " + wrong + "\n", s -> s.flag("a", true)))
          .containsExactly("y.yml:1: a: must be true or false, not \"" + wrong + "\"");
    }
  }

  @Test
  void aDurationMustBeLongerThanZeroUnlessItsRangeSaysOtherwise() throws Exception {
    assertThat(problems("a: 0s\n", s -> s.duration("a", Duration.ZERO)))
        .containsExactly("y.yml:1: a: must be from 1ms to 36500d, not 0s");
    assertThat(problems("a: -5s\n", s -> s.duration("a", Duration.ZERO)))
        .containsExactly(
            "y.yml:1: a: must be a duration such as 30s, 1m30s, 500ms or 7d, not \"-5s\"");
    Duration minute = Duration.ofMinutes(1);
    assertThat(read("a: 0s\n", s -> s.duration("a", minute, Duration.ZERO, minute)))
        .isEqualTo(Duration.ZERO);
    assertThat(read("a: 60s\n", s -> s.duration("a", Duration.ZERO, minute, minute)))
        .isEqualTo(minute);
    assertThat(problems("a: 61s\n", s -> s.duration("a", minute, Duration.ofSeconds(90), minute)))
        .containsExactly("y.yml:1: a: must be from 1m30s to 1m, not 61s");
  }

  @Test
  void aSecretIsAVariableOfTheEnvironment() throws Exception {
    assertThat(read("password: ${env:PGPASSWORD}\n", s -> s.secret("password").map(Secret::reveal)))
        .isEqualTo(Optional.of("hunter2"));
  }

  @Test
  void aSecretIsAFileThatIsReadWhenItIsRevealed(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("password");
    String text = "password: ${file:%s}\ntoken_file: %s\nkey: %s\n".formatted(file, file, file);
    List<Optional<Secret>> secrets =
        ConfigFile.parse(
            "y.yml",
            text,
            ENV,
            s -> List.of(s.secret("password"), s.secret("token"), s.secretFile("key")));
    Files.writeString(file, "rotated\n");

    assertThat(secrets)
        .extracting(secret -> secret.map(Secret::reveal).orElse("absent"))
        .containsExactly("rotated", "rotated", "rotated");
  }

  @Test
  void aVariableThatIsNotSetOrEmptyIsNamed() {
    assertThat(problems("password: ${env:ABSENT}\n", s -> s.secret("password")))
        .containsExactly("y.yml:1: password: the environment variable ABSENT is not set or empty");
    assertThat(problems("password: ${env:EMPTY}\n", s -> s.secret("password")))
        .containsExactly("y.yml:1: password: the environment variable EMPTY is not set or empty");
  }

  @Test
  void aSecretWrittenOutIsRefusedAndNotPrinted() {
    for (String literal :
        List.of("hunter2", "''", "${env:PGPASSWORD}x", "$PGPASSWORD", "${env:}", "${file:}")) {
      assertThat(problems("password: " + literal + "\n", s -> s.secret("password")))
          .as(literal)
          .containsExactly(NO_SECRET);
    }
  }

  @Test
  void noProblemAtTheKeyOfASecretPrintsItsValue() {
    for (String wrong :
        List.of("[hunter2]", "{hunter2}", "{a: hunter2}", "\"${file:hunter2\\0}\"")) {
      assertThat(problems("password: " + wrong + "\n", s -> s.secret("password")))
          .as(wrong)
          .singleElement()
          .asString()
          .startsWith("y.yml:1: password: ")
          .doesNotContain("hunter2");
    }
    assertThat(problems("password_file: \"hunter2\\0\"\n", s -> s.secret("password")))
        .containsExactly("y.yml:1: password_file: is not a path");
    assertThat(problems("password_file: ''\n", s -> s.secret("password")))
        .containsExactly("y.yml:1: password_file: must not be empty");
  }

  @Test
  void aSecretUnderBothOfItsKeysIsRefused() {
    assertThat(
            problems("password: ${env:PGPASSWORD}\npassword_file: /x\n", s -> s.secret("password")))
        .containsExactly("y.yml:1: password: set it or password_file, not both");
  }

  @Test
  void textsAndTextMapsKeepTheOrderOfTheFile() throws Exception {
    assertThat(read("a: [z, 1, b]\n", s -> s.texts("a", List.of())))
        .isEqualTo(List.of("z", "1", "b"));
    assertThat(read("a: {z: 1, y: b, x: ''}\n", s -> s.textMap("a")).toString())
        .isEqualTo("{z=1, y=b, x=}");
    assertThat(read("z: {}\ny: {}\nx:\n", Section::keys)).isEqualTo(List.of("z", "y", "x"));
  }

  @Test
  void aWrongItemOfAListOrMapIsNamedByItsPlace() {
    assertThat(problems("a:\n  - x\n  - [y]\n  -\n", s -> s.texts("a", List.of())))
        .containsExactly(
            "y.yml:3: a[1]: must be a single value, not a list", "y.yml:4: a[2]: has no value");
    assertThat(problems("a:\n  x: 1\n  y: {}\n", s -> s.textMap("a")))
        .containsExactly("y.yml:3: a.y: must be a single value, not a map");
  }

  @Test
  void aComplaintOfTheCallerStandsAtTheKeyOrAtItsSection() {
    assertThat(
            problems(
                "\ns:\n  a: 1\n  b: 1\n",
                root ->
                    root.section(
                        "s",
                        s -> {
                          s.problem("b", "is less than a");
                          s.problem("a", "is more than b");
                          s.problem("c", "is needed with a");
                          return "";
                        })))
        .containsExactly(
            "y.yml:2: s.c: is needed with a",
            "y.yml:3: s.a: is more than b",
            "y.yml:4: s.b: is less than a");
  }

  @Test
  void aComplaintOfAParserStandsAtItsKey() throws Exception {
    assertThat(read("a: 0x1F\n", s -> s.parsed("a", Integer::decode))).isEqualTo(Optional.of(31));
    assertThat(problems("\na: x\n", s -> s.parsed("a", Integer::valueOf)))
        .containsExactly("y.yml:2: a: For input string: \"x\"");
  }

  @Test
  void aComplaintOfARecordStandsAtItsSection() {
    assertThat(
            problems("\na:\n  - url: http://x\n    colour: red\n", s -> s.list("a", Target::read)))
        .containsExactly("y.yml:3: a[0]: url must start with jdbc:, not http://x");
    assertThat(problems("\nurl: http://x\n", Target::read))
        .containsExactly("y.yml:1: url must start with jdbc:, not http://x");
    assertThat(
            problems(
                "a: {}\n",
                s ->
                    s.section(
                        "a",
                        item -> {
                          throw new IllegalArgumentException();
                        })))
        .containsExactly("y.yml:1: a: is not valid");
  }

  @Test
  void aReaderThatIsCutShortDoesNotMakeTheKeysItNeverCameToUnknown() {
    assertThat(
            problems(
                "h: 'a b'\nport: 1\nnmae: x\n",
                s -> List.of(Pair.read(s), s.integer("port", 1, 1, 2))))
        .hasSize(2)
        .anyMatch(problem -> problem.startsWith("y.yml:1: Illegal character"))
        .contains("y.yml:3: nmae: unknown key, did you mean \"name\"?");
    assertThat(
            problems(
                "h: 'a b'\nname: n\nnames: 1\n",
                s -> List.of(Pair.read(s), s.integer("names", 1, 1, 2))))
        .singleElement()
        .asString()
        .startsWith("y.yml:1: Illegal character");
  }

  @Test
  void whatFollowsFromAProblemIsNotReportedOnTopOfIt() {
    assertThat(problems("x: [1]\n", s -> Optional.of(s.text("x")).get().orElseThrow()))
        .containsExactly("y.yml:1: x: must be a single value, not a list");
  }

  @Test
  void aFaultOfTheReaderItselfIsNotBlamedOnTheFile() {
    assertThatThrownBy(
            () ->
                read(
                    "",
                    s -> {
                      throw new IllegalStateException("bug");
                    }))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Object read(String text, Function<Section, ?> reader) throws ConfigException {
    return ConfigFile.parse("y.yml", text, ENV, reader);
  }

  private static List<String> problems(String text, Function<Section, ?> reader) {
    try {
      ConfigFile.parse("y.yml", text, ENV, reader);
      return List.of();
    } catch (ConfigException e) {
      return e.problems();
    }
  }
}
