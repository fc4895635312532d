package dev.yagura.accesslog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/a/*.gz /a/x.gz",
        "/a/?.gz /a/x.gz",
        "/a/**/x /a/x",
        "/a/**/x /a/b/x",
        "/a/**/x /a/b/c/x",
        "/a/** /a/b/c",
        "** a/b",
        "**/x x",
        "/a/{b,c/d}/x /a/c/d/x",
        "/a/*.{gz,log} /a/x.log",
        "/a/{x,y{1,2}} /a/y2",
        "/a/[a-c]x /a/bx",
        "/a/[!a-c]x /a/dx",
        "/a/[.]x /a/.x",
        "/a/x[-+] /a/x-",
        "/a/\\*.gz /a/*.gz",
        "/a/\\{x\\} /a/{x}",
        "/a,b/(x)+.gz /a,b/(x)+.gz",
        "/ä/😀?.gz /ä/😀😀.gz",
        "/a/***/x /a/b/c/x",
      })
  void aPathThatThePatternMeansMatches(String pattern, String path) {
    assertThat(glob(pattern).matches(path)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/a/*.gz /a/b/x.gz",
        "/a/?.gz /a//.gz",
        "/a/?.gz /a/.gz",
        "/a/*.gz /a/x.gz.tmp",
        "/a/*.gz /b/a/x.gz",
        "/a/**/x /ab/x",
        "/a/**/x /a/bx",
        "/a/[!a-c]x /a//x",
        "/a/[!a-c]x /a/bx",
        "/a/\\*.gz /a/x.gz",
        "/a.b /axb",
      })
  void anotherPathDoesNot(String pattern, String path) {
    assertThat(glob(pattern).matches(path)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/l/{distribution}/*.gz /l/E1/x.gz",
        "/l/{distribution}.*.gz /l/E1.2026-11-23-07.x.gz",
        "/l/**/{distribution}/** /l/E1/2026/x.gz",
        "/l/cf-{distribution}-logs/** /l/cf-E1-logs/x",
      })
  void thePlaceholderSaysTheResource(String pattern, String path) {
    assertThat(glob(pattern).resource(path)).contains("E1");
  }

  @Test
  void thePlaceholderTakesNoMoreThanAPartOfAPath() {
    assertThat(glob("/l/{distribution}.gz").matches("/l/a/b.gz")).isFalse();
    assertThat(glob("/l/{distribution}.gz").resource("/l/.gz")).isEmpty();
    assertThat(glob("/l/*").resource("/l/x")).isEmpty();
    assertThat(glob("/l/{x,y{distribution}}").resource("/l/x")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/var/log/**/*.gz /var/log/ /var/log/",
        "/var/log/cf-*.gz /var/log/cf- /var/log/",
        "/var/log/x.gz /var/log/x.gz /var/log/",
        "/var/{a,b}/x /var/ /var/",
        "/a\\*/b* /a*/b /a*/",
        "cf/{distribution}.*.gz cf/ cf/",
      })
  void theBaseIsAllThatIsFixed(String pattern, String fixed, String base) {
    assertThat(glob(pattern).fixedText()).isEqualTo(fixed);
    assertThat(glob(pattern).base()).isEqualTo(base);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/a/*/c/*.gz /a/b true",
        "/a/*/c/*.gz /a/b/c true",
        "/a/*/c/*.gz /a/b/d false",
        "/a/*/c/*.gz /a/b/c/d false",
        "/a/*.gz /a/b false",
        "/a/*.gz /a/b.gz false",
        "/a/b*/**/x /a/b1/c/d true",
        "/a/b*/**/x /a/c false",
        "/a/{b,c/d}/x /a/c true",
        "/a/**/b/*.gz /a/x/y/z true",
      })
  void onlyFoldersThatMayHoldAMatchAreEntered(String pattern, String folder, boolean entered) {
    assertThat(glob(pattern).mayHold(folder)).isEqualTo(entered);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "/a/[x",
        "/a/[]",
        "/a/[a/b]",
        "/a/[z-a]",
        "/a/{b,c",
        "/a/b}",
        "/a/x\\",
        "/{distribution}/{distribution}",
        "/{distributon}/*.gz",
      })
  void aPatternThatIsWrongIsRefused(String pattern) {
    assertThatIllegalArgumentException().isThrownBy(() -> glob(pattern)).withMessageMatching(".+");
  }

  @Test
  void aLongPathCostsNoStack() {
    String deep = "/a" + "/b".repeat(2000);
    assertThat(glob("/a/**/x").matches(deep)).isFalse();
    assertThat(glob("/a/**/b").matches(deep)).isTrue();
  }

  private static Glob glob(String pattern) {
    return Glob.of(pattern, "distribution");
  }
}
