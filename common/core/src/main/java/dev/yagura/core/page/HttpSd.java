package dev.yagura.core.page;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A list of targets in the form of Prometheus' {@code http_sd_configs}. */
public final class HttpSd {
  private static final String REFRESH = "X-Prometheus-Refresh-Interval-Seconds";
  private static final String RETRY_AFTER_SECONDS = "10";

  /**
   * What is to be scraped.
   *
   * @param address host and port
   * @param labels before relabelling
   */
  public record Target(String address, Map<String, String> labels) {
    public Target {
      labels = Map.copyOf(labels);
    }
  }

  private HttpSd() {}

  /**
   * The whole list, in its order.
   *
   * @param refresh when to ask again
   */
  public static Answer list(List<Target> targets, Duration refresh) {
    var json = new StringBuilder("[");
    String between = "";
    for (Target target : targets) {
      json.append(between);
      write(json, target);
      between = ",";
    }
    json.append("]\n");
    return new Answer(
        200,
        "application/json",
        Map.of(REFRESH, Long.toString(refresh.toSeconds())),
        json.toString());
  }

  /**
   * No list yet, so that Prometheus keeps the one that it has.
   *
   * @param why in a clause
   */
  public static Answer none(String why) {
    return Answer.text(503, "no list yet: " + why + "; see /\n")
        .with("Retry-After", RETRY_AFTER_SECONDS);
  }

  /** As Prometheus does it: what cannot be in the name of a label is an underscore. */
  public static String labelName(String key) {
    return key.replaceAll("[^a-zA-Z0-9_]", "_");
  }

  private static void write(StringBuilder json, Target target) {
    json.append("{\"targets\":[");
    quote(json, target.address());
    json.append("],\"labels\":{");
    String between = "";
    for (Map.Entry<String, String> label : new TreeMap<>(target.labels()).entrySet()) {
      json.append(between);
      quote(json, label.getKey());
      json.append(':');
      quote(json, label.getValue());
      between = ",";
    }
    json.append("}}");
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
