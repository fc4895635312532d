package dev.yagura.ecs.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscoveryConfigTest {
  private static DiscoveryConfig read(String yaml) throws ConfigException {
    return ConfigFile.parse("yagura.yml", yaml, Map.of(), DiscoveryConfig::read);
  }

  @Test
  void whatIsNotSaidIsAsUsual() throws ConfigException {
    assertThat(read("")).isEqualTo(DiscoveryConfig.defaults());
    assertThat(DiscoveryConfig.defaults())
        .isEqualTo(new DiscoveryConfig(true, Optional.empty(), Duration.ofMinutes(1), 5_000));
  }

  @Test
  void everyKeyIsRead() throws ConfigException {
    assertThat(read("{docker_labels: false, tag: prometheus, refresh: 30s, max_targets: 7}"))
        .isEqualTo(
            new DiscoveryConfig(false, Optional.of("prometheus"), Duration.ofSeconds(30), 7));
  }

  @Test
  void withoutLabelsAndTagThereIsNoList() throws ConfigException {
    assertThat(read("{docker_labels: false}").isOn()).isFalse();
    assertThat(read("{docker_labels: false, tag: prometheus}").isOn()).isTrue();
    assertThat(DiscoveryConfig.defaults().isOn()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tag: ''|must not be empty",
        "refresh: 1s|must be from 5s",
        "max_targets: 0|must be a whole number from 1",
        "tags: x|did you mean \"tag\"?"
      })
  void whatCannotBeIsRefused(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }
}
