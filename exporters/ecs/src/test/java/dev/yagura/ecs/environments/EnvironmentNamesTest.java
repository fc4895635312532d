package dev.yagura.ecs.environments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentNamesTest {
  private static final String PATTERN = "(?<env>[a-z0-9-]+)\\.dev\\.example\\.com";

  private static Optional<String> name(String pattern, String host) {
    return HostNames.of(pattern).nameOf(host);
  }

  @Test
  void aHostWithCapitalsOrADotAtItsEndIsTheSameHost() {
    assertThat(name(PATTERN, "Feature-1.DEV.example.com")).contains("feature-1");
    assertThat(name(PATTERN, "feature-1.dev.example.com.")).contains("feature-1");
  }

  @Test
  void aPatternWithCapitalsTakesTheSameHosts() {
    assertThat(name("(?<env>[A-Z]+-\\d+)\\.Dev\\.example\\.com", "PR-7.dev.example.com"))
        .contains("pr-7");
  }

  @Test
  void thePatternMustMatchTheWholeHost() {
    assertThat(name(PATTERN, "a.dev.example.com.evil.org")).isEmpty();
    assertThat(name(PATTERN, "x.a.dev.example.com")).isEmpty();
  }

  @Test
  void aWildcardHostIsOfNoEnvironmentUnlessThePatternTakesIt() {
    assertThat(name(PATTERN, "*.dev.example.com")).isEmpty();
    assertThat(name("(?<env>[*a-z]+)\\.dev\\.example\\.com", "*.dev.example.com")).contains("*");
  }

  @Test
  void anEmptyNameIsNone() {
    assertThat(name("(?<env>[a-z]*)\\.dev", ".dev")).isEmpty();
    assertThat(name("(?<env>[a-z]+)\\.dev|www", "www")).isEmpty();
  }

  @Test
  void aHostThatIsTooLongIsNoHost() {
    assertThat(name("(?<env>a+)", "a".repeat(128))).contains("a".repeat(128));
    assertThat(name("(?<env>a+)", "a".repeat(129))).isEmpty();
  }

  @Test
  void aPatternThatBacktracksWithoutEndIsGivenUp() {
    assertThat(name("(?<env>(a|aa)+)+\\.dev", "a".repeat(127) + "b")).isEmpty();
  }

  @Test
  void aPatternWithoutTheGroupIsRefused() {
    assertThatThrownBy(() -> HostNames.of("[a-z]+\\.dev"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must have a group (?<env>...) that is the name");
    assertThatThrownBy(() -> HostNames.of("(?<name>[a-z]+)\\.dev"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(?<env>[a-z]+", "(?<env>*)", "(?<env>a)(?<env>b)"})
  void aPatternThatDoesNotCompileIsRefused(String pattern) {
    assertThatThrownBy(() -> HostNames.of(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("is not a regular expression: ");
  }

  @Test
  void ofFiveHostsThoseThatMatchTell() {
    var names = EnvironmentNames.of(Optional.of(PATTERN), Optional.empty());

    assertThat(
            names.ofHosts(
                List.of(
                    "www.example.com",
                    "a.dev.example.com",
                    "*.example.com",
                    "b.dev.example.com",
                    "example.com")))
        .containsOnlyKeys("a", "b");
  }

  @Test
  void theFirstTagThatIsNotBlankTells() {
    var names = EnvironmentNames.of(Optional.empty(), Optional.of("env"));

    assertThat(
            names.ofTags(
                List.of(
                    Map.of("Env", "x"),
                    Map.of("env", " "),
                    Map.of("env", "a"),
                    Map.of("env", "b"))))
        .contains("a");
  }
}
