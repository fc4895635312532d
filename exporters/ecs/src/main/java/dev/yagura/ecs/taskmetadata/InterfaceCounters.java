package dev.yagura.ecs.taskmetadata;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What went over a network interface of the task.
 *
 * @param counters as Docker calls them, {@code rx_bytes} and so on
 */
record InterfaceCounters(String name, Map<String, Number> counters) {
  private static final List<String> COUNTERS =
      List.of(
          "rx_bytes",
          "rx_packets",
          "rx_dropped",
          "rx_errors",
          "tx_bytes",
          "tx_packets",
          "tx_dropped",
          "tx_errors");

  InterfaceCounters {
    counters = Map.copyOf(counters);
  }

  /**
   * The interfaces of a task. Containers that share a network report the same interface, each as it
   * was when it was looked at: the highest number is the newest. Those with a network of their own
   * are added up.
   *
   * @param sums of those that have a network of their own
   */
  static List<InterfaceCounters> of(
      List<ContainerStats> containers, Map<String, Map<String, Number>> sums) {
    Map<String, Map<String, Number>> byName = new TreeMap<>();
    sums.forEach((name, counters) -> byName.put(name, new HashMap<>(counters)));
    for (ContainerStats stats : containers) {
      if (stats.container().sharesNetwork()) {
        stats
            .networks()
            .forEach(
                (name, network) -> {
                  Map<String, Number> counters =
                      byName.computeIfAbsent(name, made -> new HashMap<>());
                  read(network)
                      .forEach(
                          (counter, now) ->
                              counters.merge(counter, now, InterfaceCounters::higher));
                });
      }
    }
    List<InterfaceCounters> all = new ArrayList<>();
    byName.forEach((name, counters) -> all.add(new InterfaceCounters(name, counters)));
    return all;
  }

  /** The counters of an interface of one container. */
  static Map<String, Number> read(JsonNode network) {
    Map<String, Number> counters = new HashMap<>();
    for (String counter : COUNTERS) {
      Number value = Fields.number(network, counter);
      if (value != null) {
        counters.put(counter, value);
      }
    }
    return counters;
  }

  private static Number higher(Number one, Number other) {
    return one.doubleValue() >= other.doubleValue() ? one : other;
  }

  static Number sum(Number one, Number other) {
    return one instanceof Long && other instanceof Long
        ? (Number) (one.longValue() + other.longValue())
        : (Number) (one.doubleValue() + other.doubleValue());
  }

  @Nullable Number counter(String name) {
    return counters.get(name);
  }
}
