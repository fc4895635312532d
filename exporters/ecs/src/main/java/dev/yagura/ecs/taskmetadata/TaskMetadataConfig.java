package dev.yagura.ecs.taskmetadata;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/**
 * Where the task metadata endpoint is.
 *
 * @param endpoint of version 4, without a slash at its end
 */
public record TaskMetadataConfig(URI endpoint) {
  /** The agent sets it in every container. */
  public static final String VARIABLE = "ECS_CONTAINER_METADATA_URI_V4";

  private static final int LAST_PORT = 65_535;

  /**
   * As ECS says it in the environment of a container.
   *
   * @throws IllegalArgumentException if it does not, or not as a URL; the message says what to do
   */
  public static TaskMetadataConfig of(Map<String, String> environment) {
    String value = environment.getOrDefault(VARIABLE, "").trim();
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          VARIABLE
              + " is not set: --task-metadata reads the task that it runs in, so run it as a"
              + " container of that task (on Fargate platform 1.4.0, or agent 1.39.0, at least)");
    }
    try {
      var endpoint = new URI(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
      if (!"http".equals(endpoint.getScheme())
          || endpoint.getHost() == null
          || endpoint.getPort() == 0
          || endpoint.getPort() > LAST_PORT
          || endpoint.getQuery() != null
          || endpoint.getFragment() != null) {
        throw noUrl(value);
      }
      return new TaskMetadataConfig(endpoint);
    } catch (URISyntaxException e) {
      throw noUrl(value);
    }
  }

  private static IllegalArgumentException noUrl(String value) {
    return new IllegalArgumentException(
        VARIABLE + " must be a URL such as http://169.254.170.2/v4/ID, not \"" + value + "\"");
  }
}
