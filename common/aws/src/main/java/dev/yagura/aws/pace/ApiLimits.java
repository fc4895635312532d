package dev.yagura.aws.pace;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * How often AWS lets itself be asked, for each account and region, from the resource {@code
 * limits.properties}. Operations that share a family share its tokens. What is not listed is not
 * held back.
 */
public final class ApiLimits {
  private static final String RESOURCE = "limits.properties";

  /**
   * The limit of some operations.
   *
   * @param family a name for all of them
   * @param burst requests that may come at once
   * @param perSecond requests a second from then on
   */
  record Limit(String family, double burst, double perSecond) {}

  private final Map<String, Limit> byOperation = new HashMap<>();

  private ApiLimits(Properties lines) {
    for (String family : lines.stringPropertyNames()) {
      String[] fields = lines.getProperty(family).trim().split("\\s+", -1);
      Limit limit = new Limit(family, Double.parseDouble(fields[0]), Double.parseDouble(fields[1]));
      for (int i = 2; i < fields.length; i++) {
        byOperation.put(fields[i], limit);
      }
    }
  }

  /** The limits that AWS documents, as of this release. */
  public static ApiLimits read() {
    try (InputStream in = ApiLimits.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing");
      }
      var lines = new Properties();
      lines.load(in);
      return new ApiLimits(lines);
    } catch (IOException e) {
      throw new IllegalStateException(RESOURCE + " cannot be read", e);
    }
  }

  /** The limit of an operation, or of all of its service. */
  Optional<Limit> of(String service, String operation) {
    Limit limit = byOperation.get(service + ":" + operation);
    return Optional.ofNullable(limit != null ? limit : byOperation.get(service + ":*"));
  }
}
