package dev.yagura.ecs.taskmetadata;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
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
   */
  static List<InterfaceCounters> of(List<ContainerStats> containers) {
    Map<String, Map<String, Number>> byName = new TreeMap<>();
    for (ContainerStats stats : containers) {
      BinaryOperator<Number> merge =
          stats.container().sharesNetwork() ? InterfaceCounters::higher : InterfaceCounters::sum;
      stats
          .networks()
          .forEach(
              (name, network) ->
                  add(byName.computeIfAbsent(name, made -> new HashMap<>()), network, merge));
    }
    List<InterfaceCounters> all = new ArrayList<>();
    byName.forEach((name, counters) -> all.add(new InterfaceCounters(name, counters)));
    return all;
  }

  private static void add(
      Map<String, Number> counters, JsonNode network, BinaryOperator<Number> merge) {
    for (String counter : COUNTERS) {
      Number value = Fields.number(network, counter);
      if (value != null) {
        counters.merge(counter, value, merge);
      }
    }
  }

  private static Number higher(Number one, Number other) {
    return one.doubleValue() >= other.doubleValue() ? one : other;
  }

  private static Number sum(Number one, Number other) {
    return one instanceof Long && other instanceof Long
        ? (Number) (one.longValue() + other.longValue())
        : (Number) (one.doubleValue() + other.doubleValue());
  }

  @Nullable Number counter(String name) {
    return counters.get(name);
  }
}
