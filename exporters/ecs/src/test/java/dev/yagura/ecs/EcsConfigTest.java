package dev.yagura.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.aws.client.AwsSettings;
import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import dev.yagura.core.config.Glob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EcsConfigTest {
  private static EcsConfig read(String yaml, Map<String, String> environment)
      throws ConfigException {
    return ConfigFile.parse(
        "test.yml",
        yaml,
        environment,
        root -> EcsConfig.read(root, environment, AwsSettings.defaults()));
  }

  private static EcsConfig read(String yaml) throws ConfigException {
    return read(yaml, Map.of());
  }

  @Test
  void withoutAnyKeyEverythingIsWatchedButWhatHasToBeSetUp() throws ConfigException {
    EcsConfig config = read("{}");

    assertThat(config.clusters()).containsExactly(new Glob("*"));
    assertThat(config.loadBalancers()).containsExactly(new Glob("*"));
    assertThat(config.interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.maxAge()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.discovery()).isPresent();
    assertThat(config.events()).isEmpty();
    assertThat(config.environments()).isEmpty();
    assertThat(config.stateDir()).isEmpty();
  }

  @Test
  void theEnvironmentNamesTheStateFolderWhereTheFileDoesNot() throws ConfigException {
    Map<String, String> environment = Map.of(EcsConfig.STATE_VARIABLE, "/var/lib/other");

    assertThat(read("{}", environment).stateDir()).contains(Path.of("/var/lib/other"));
    assertThat(read("state_dir: /var/lib/own", environment).stateDir())
        .contains(Path.of("/var/lib/own"));
  }

  @Test
  void whatIsAskedMoreRarelyIsShownForLonger() throws ConfigException {
    assertThat(read("interval: 5m").maxAge()).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void whatIsNotWantedIsNotThere() throws ConfigException {
    EcsConfig config =
        read("{clusters: [prod], load_balancers: [], discovery: {docker_labels: false}}");

    assertThat(config.clusters()).isEqualTo(List.of(new Glob("prod")));
    assertThat(config.loadBalancers()).isEmpty();
    assertThat(config.discovery()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clusters: []|nothing would be watched",
        "interval: 1s|from 10s",
        "interval: 2h|from 10s",
        "{interval: 60s, max_age: 60s}|max_age",
        "max_clusters: 101|max_clusters",
        "events: {}|queue_url",
        "events: {queue_url: 'ftp://x/1/q'}|queue_url",
        "events: {queue_url: 'https://sqs.eu-west-1.amazonaws.com/1/q', account: no}|called \"no\"",
        "{load_balancers: [], environments: {tag: env}}|environments are behind them",
        "environments: {}|host_pattern",
        "environments: {host_pattern: '('}|host_pattern",
        "environments: {host_pattern: 'dev'}|host_pattern",
        "cluster: [x]|did you mean \"clusters\"?",
        "state_dir: ''|must not be empty",
      })
  void whatCannotBeIsRefused(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }
}
