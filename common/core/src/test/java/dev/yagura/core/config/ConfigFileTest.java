package dev.yagura.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  private final Path dir;

  ConfigFileTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void aFileIsReadIntoWhatTheRootReaderBuilds() throws Exception {
    Path file = Files.writeString(dir.resolve("yagura.yml"), "# ports\nport: 19100\n");

    int port = ConfigFile.load(file, Map.of(), root -> root.integer("port", 1, 1, 65535));

    assertThat(port).isEqualTo(19100);
  }

  @Test
  void aProblemInAFileNamesTheFileAsItWasGiven() throws Exception {
    Path file = Files.writeString(dir.resolve("yagura.yml"), "\nport: no\n");

    assertThat(problemsOf(file))
        .containsExactly(file + ":2: port: unknown key, none is known here");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstKey() throws Exception {
    String text =
        ConfigFile.parse("y.yml", "\uFEFFa: b\n", Map.of(), root -> root.text("a", "absent"));

    assertThat(text).isEqualTo("b");
  }

  @Test
  void aMissingFileIsSaid() {
    Path file = dir.resolve("absent.yml");

    assertThat(problemsOf(file)).containsExactly(file + ": no such file");
  }

  @Test
  void aDirectoryInPlaceOfAFileIsSaid() {
    assertThat(problemsOf(dir)).containsExactly(dir + ": cannot be read: Is a directory");
  }

  @Test
  void bytesThatAreNotUtf8AreNamedByTheirLine() throws Exception {
    Path file =
        Files.write(dir.resolve("latin1.yml"), "a: ü\n# é\n".getBytes(StandardCharsets.ISO_8859_1));
    Path laterFile = dir.resolve("later.yml");
    Files.write(laterFile, new byte[] {'a', ':', '\n', '#', (byte) 0xC3});

    assertThat(problemsOf(file)).containsExactly(file + ":1: not UTF-8");
    assertThat(problemsOf(laterFile)).containsExactly(laterFile + ":2: not UTF-8");
  }

  @Test
  void aFileOfMoreThanAMebibyteIsRefused() throws Exception {
    Path longest = Files.writeString(dir.resolve("longest.yml"), "#\n".repeat(1 << 19));
    Path tooLong = Files.writeString(dir.resolve("long.yml"), "#\n".repeat(1 << 19) + "#");

    assertThat(ConfigFile.load(longest, Map.of(), Section::keys)).isEmpty();
    assertThat(problemsOf(tooLong)).containsExactly(tooLong + ": longer than 1048576 bytes");
  }

  @Test
  void aFileWithoutAKeyIsAnEmptySection() throws Exception {
    for (String text : List.of("", "# nothing\n", "---\n", "~\n", "{}\n")) {
      assertThat(ConfigFile.parse("y.yml", text, Map.of(), Section::keys)).as(text).isEmpty();
    }
  }

  @Test
  void aRootThatIsNoMapIsRefused() {
    assertThat(problemsOf("hello\n"))
        .containsExactly("y.yml:1: must be a map of keys, not a single value");
    assertThat(problemsOf("- a\n")).containsExactly("y.yml:1: must be a map of keys, not a list");
  }

  @Test
  void aTabIsNamedByItsLine() {
    assertThat(problemsOf("a:\n\tb: 1\n"))
        .singleElement()
        .asString()
        .startsWith("y.yml:2: not YAML: found character '\\t(TAB)'");
  }

  @Test
  void aSyntaxErrorIsNamedByItsLineAndWhereItBegan() {
    assertThat(problemsOf("a: b: c\n"))
        .containsExactly("y.yml:1: not YAML: mapping values are not allowed here");
    assertThat(problemsOf("a: 'b\n\nc: d\n"))
        .containsExactly(
            "y.yml:4: not YAML: found unexpected end of stream,"
                + " while scanning a quoted scalar from line 1");
    assertThat(problemsOf("a: [1\n"))
        .containsExactly(
            "y.yml:2: not YAML: expected ',' or ']', but got <stream end>,"
                + " while parsing a flow sequence from line 1");
  }

  @Test
  void anEscapeThatIsNoCharacterIsNamedByItsLine() {
    for (String escape : List.of("\\UFFFFFFFF\"", "\\x")) {
      assertThat(problemsOf("a: 1\nb: \"" + escape))
          .containsExactly(
              "y.yml:2: not YAML: a broken \\x, \\u or \\U escape in this line or after it");
    }
  }

  @Test
  void anUnprintableCharacterIsNamedByItsLineWhereverItIs() {
    assertThat(problemsOf("a: b\nc: \u0001\n"))
        .containsExactly("y.yml:2: unprintable character U+0001");
    assertThat(problemsOf("# \uD83D\uDE00\n".repeat(5000) + "c: \u0001\n"))
        .containsExactly("y.yml:5001: unprintable character U+0001");
  }

  @Test
  void aDuplicateKeyIsRefusedAtTheSecondAndNamesTheFirst() {
    assertThat(problemsOf("a: 1\n\nb: {x: 1, x: 2}\na: 2\n", "a", "b"))
        .containsExactly("y.yml:4: a: duplicate key, first in line 1");
    assertThat(
            problemsOf(
                "b:\n  x: 1\n  x: 2\n",
                root -> root.section("b", section -> section.text("x", ""), "")))
        .containsExactly("y.yml:3: b.x: duplicate key, first in line 2");
  }

  @Test
  void aKeyThatIsNotAScalarIsRefused() {
    assertThat(problemsOf("a: 1\n? [b]\n: 2\n", "a"))
        .containsExactly("y.yml:2: a key must be a single value");
  }

  @Test
  void aSecondDocumentIsRefused() {
    assertThat(problemsOf("a: 1\n---\nb: 2\n"))
        .containsExactly("y.yml:2: a second document: a configuration is one document");
  }

  @Test
  void everyAnchorAliasAndTagIsRefusedAtItsLine() {
    String refusal = "anchors (&), aliases (*) and tags (!) are not supported";

    assertThat(problemsOf("a: &x 1\nb: *x\nc: !foo 1\nd: !foo {}\ne: &y []\nf: *undefined\n"))
        .containsExactly(
            "y.yml:1: " + refusal,
            "y.yml:2: " + refusal,
            "y.yml:3: " + refusal,
            "y.yml:4: " + refusal,
            "y.yml:5: " + refusal,
            "y.yml:6: " + refusal);
  }

  @Test
  void aMergeKeyIsAKeyLikeAnyOther() {
    assertThat(problemsOf("<<: {a: 1}\n", "a"))
        .containsExactly("y.yml:1: <<: unknown key, known: a");
  }

  @Test
  void nestingWithoutEndIsRefusedBeforeItCostsAnything() {
    assertThat(problemsOf("a:\n  " + "[".repeat(100_000)))
        .containsExactly("y.yml:2: nested more than 32 deep");
    assertThat(problemsOf("a: " + "[".repeat(31) + "]".repeat(31), "a")).isEmpty();
  }

  @Test
  void anotherMajorVersionOfYamlIsRefused() {
    assertThat(problemsOf("%YAML 2.0\n---\na: 1\n"))
        .singleElement()
        .asString()
        .startsWith("y.yml: not YAML 1.2: ");
  }

  @Test
  void aSyntaxErrorPrintsNothingOfASecret() {
    for (String password :
        List.of(
            "\"\\Uhunter2\"",
            "\"\\UFFFFFFFFhunter2\"",
            "!hunter2!x",
            "!hunter2",
            "*hunter2",
            "&hunter2",
            "&hunter2 x",
            "\"hunter2",
            "[hunter2",
            "{hunter2: x",
            "hunter2: x",
            "@hunter2",
            "|hunter2",
            "!<hunter2",
            "hunter2\u0001")) {
      assertThat(problemsOf("password: " + password + "\n"))
          .as(password)
          .isNotEmpty()
          .noneMatch(problem -> problem.contains("unter"));
    }
  }

  @Test
  void whatIsQuotedFromAFileNeitherBreaksALineNorSteersATerminal() {
    assertThat(problemsOf("\"a\\n\\e[31m\\u2028b\": 1\n"))
        .containsExactly("y.yml:1: a [31m b: unknown key, none is known here");
    assertThat(problemsOf("a".repeat(1000) + ": 1\n"))
        .singleElement()
        .asString()
        .hasSizeLessThan(600);
  }

  @Test
  void theMessageIsTheProblemsInTheOrderOfTheirLines() {
    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                ConfigFile.parse(
                    "y.yml",
                    "a: 1\nb: x\nc: x\n",
                    Map.of(),
                    root -> root.integer("c", 1, 1, 2) + root.integer("b", 1, 1, 2)));

    assertThat(thrown.problems())
        .containsExactly(
            "y.yml:1: a: unknown key, known: c, b",
            "y.yml:2: b: must be a whole number from 1 to 2, not \"x\"",
            "y.yml:3: c: must be a whole number from 1 to 2, not \"x\"");
    assertThat(thrown).hasMessage(String.join("\n", thrown.problems()));
  }

  private static List<String> problemsOf(Path file) {
    return catchThrowableOfType(
            ConfigException.class, () -> ConfigFile.load(file, Map.of(), root -> ""))
        .problems();
  }

  private static List<String> problemsOf(String text, String... known) {
    return problemsOf(text, root -> List.of(known).stream().filter(root::has).count());
  }

  private static List<String> problemsOf(String text, Function<Section, ?> reader) {
    try {
      ConfigFile.parse("y.yml", text, Map.of(), reader);
      return List.of();
    } catch (ConfigException e) {
      return e.problems();
    }
  }
}
