package dev.yagura.ecs.environments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import dev.yagura.core.config.Glob;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentsConfigTest {
  private static EnvironmentsConfig read(String text) throws ConfigException {
    return ConfigFile.parse("test.yml", text, Map.of(), EnvironmentsConfig::read);
  }

  @Test
  void aHostPatternIsEnough() throws Exception {
    EnvironmentsConfig config = read("host_pattern: '(?<env>[a-z0-9-]+)\\.dev\\.example\\.com'");

    assertThat(config.names().hosts().orElseThrow().nameOf("a.dev.example.com")).contains("a");
    assertThat(config.needsTags()).isFalse();
    assertThat(config.loadBalancers()).isEmpty();
    assertThat(config.maxEnvironments()).isEqualTo(500);
  }

  @Test
  void aTagIsEnough() throws Exception {
    EnvironmentsConfig config = read("{tag: env, load_balancers: ['dev-*'], max_environments: 20}");

    assertThat(config.names().tag()).contains("env");
    assertThat(config.needsTags()).isTrue();
    assertThat(config.loadBalancers()).containsExactly(new Glob("dev-*"));
    assertThat(config.maxEnvironments()).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "load_balancers: ['*']|required, but missing, unless tag names the environments",
        "host_pattern: '['|is not a regular expression",
        "host_pattern: '[a-z]+'|must have a group (?<env>...) that is the name",
        "tag: ' '|must not be empty",
        "{tag: a, max_environments: 0}|must be a whole number from 1 to 10000",
        "{tag: a, pattern: b}|unknown key",
      })
  void whatIsWrongIsSaid(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }
}
