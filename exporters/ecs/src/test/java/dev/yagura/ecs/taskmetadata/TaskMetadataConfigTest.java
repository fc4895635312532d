package dev.yagura.ecs.taskmetadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskMetadataConfigTest {
  private static TaskMetadataConfig of(String value) {
    return TaskMetadataConfig.of(Map.of(TaskMetadataConfig.VARIABLE, value));
  }

  @Test
  void theEndpointIsTheOneInTheEnvironment() {
    assertThat(of("http://169.254.170.2/v4/abc-1").endpoint())
        .hasToString("http://169.254.170.2/v4/abc-1");
    assertThat(of(" http://[fd00:ec2::23]/v4/abc/ ").endpoint())
        .hasToString("http://[fd00:ec2::23]/v4/abc");
  }

  @Test
  void outsideOfATaskItSaysWhatToDo() {
    assertThatThrownBy(() -> TaskMetadataConfig.of(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("ECS_CONTAINER_METADATA_URI_V4 is not set")
        .hasMessageContaining("run it as a container of that task");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.170.2/v4",
        "https://h/v4",
        "http:///v4",
        "file:/x",
        "http://a b",
        "http://h:99999/v4",
        "http://h:0/v4"
      })
  void whatIsNoUrlOfHttpIsRefused(String value) {
    assertThatThrownBy(() -> of(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be a URL");
  }
}
