package dev.yagura.ecs.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port that a task asks to be scraped.
 *
 * @param container that asks; empty where the task does, by a tag
 * @param port of the container; 0 for the only one that is bound, whichever that is
 * @param server in place of the IP address
 * @param job label {@code job}
 */
record PortRequest(
    String container,
    int port,
    Optional<String> path,
    Optional<String> scheme,
    Optional<String> server,
    Optional<String> job) {
  static final int DYNAMIC = 0;

  private static final String PREFIX = "PROMETHEUS_EXPORTER_";
  private static final String DYNAMIC_EXPORT = "PROMETHEUS_DYNAMIC_EXPORT";
  private static final Pattern PORT_AND_PATH = Pattern.compile("([0-9]{1,5})(/[^\\s?#]*)?");

  /** A query or fragment would be taken for a part of the path. */
  private static final Pattern PATH = Pattern.compile("[^\\s?#]+");

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}");
  private static final int LAST_PORT = 65_535;

  /**
   * What was asked for.
   *
   * @param bad how many ports, or labels beside them, cannot be what they are to be
   */
  record Asked(List<PortRequest> requests, int bad) {
    private static final Asked NOTHING = new Asked(List.of(), 0);

    Asked {
      requests = List.copyOf(requests);
    }

    Asked and(Asked other) {
      List<PortRequest> all = new ArrayList<>(requests);
      all.addAll(other.requests);
      return new Asked(all, bad + other.bad);
    }
  }

  static Asked nothing() {
    return Asked.NOTHING;
  }

  /** By the labels of a container. One that is wrong beside the ports spoils all of them. */
  static Asked byLabels(String container, Map<String, String> labels) {
    String ports = labels.get(PREFIX + "PORT");
    if (ports == null && !"1".equals(labels.get(DYNAMIC_EXPORT))) {
      return nothing();
    }
    Optional<String> path = text(labels, "PATH").map(PortRequest::absolute);
    Optional<String> scheme = text(labels, "SCHEME").map(each -> each.toLowerCase(Locale.ROOT));
    Optional<String> server = text(labels, "SERVER_NAME").map(name -> name.replaceAll("/+$", ""));
    if (path.filter(each -> !PATH.matcher(each).matches()).isPresent()
        || scheme.filter(each -> !each.equals("http") && !each.equals("https")).isPresent()
        || server.filter(each -> !HOST.matcher(each).matches()).isPresent()) {
      return new Asked(List.of(), 1);
    }
    var any = new PortRequest(container, DYNAMIC, path, scheme, server, text(labels, "JOB_NAME"));
    return ports == null ? new Asked(List.of(any), 0) : any.each(ports);
  }

  /** By the value of a tag of the task. */
  static Asked byTag(String value) {
    return new PortRequest(
            "", DYNAMIC, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())
        .each(value);
  }

  /** The same for each of these ports, {@code 9090,9102/probe}; tags allow spaces, not commas. */
  private Asked each(String ports) {
    List<PortRequest> requests = new ArrayList<>();
    int bad = 0;
    for (String each : ports.strip().split("[,\\s]+", -1)) {
      Matcher matcher = PORT_AND_PATH.matcher(each);
      int number = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
      if (number < 1 || number > LAST_PORT) {
        bad++;
        continue;
      }
      Optional<String> own = Optional.ofNullable(matcher.group(2)).or(() -> path);
      requests.add(new PortRequest(container, number, own, scheme, server, job));
    }
    return new Asked(requests, bad);
  }

  private static Optional<String> text(Map<String, String> labels, String name) {
    return Optional.ofNullable(labels.get(PREFIX + name))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private static String absolute(String path) {
    return path.startsWith("/") ? path : "/" + path;
  }
}
