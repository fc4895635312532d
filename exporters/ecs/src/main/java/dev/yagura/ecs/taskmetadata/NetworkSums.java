package dev.yagura.ecs.taskmetadata;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.ecs.taskmetadata.TaskMetadata.Container;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What went over networks that containers have of their own, added up over the containers of a
 * task. What one that has stopped, or begun again, had counted stays in the sum, so that it never
 * falls. For any thread.
 */
final class NetworkSums {
  /** No task has as many; the rest of one that says so is not remembered. */
  private static final int MAX_INTERFACES = 64;

  /** Of one container and interface. */
  private static final class Count {
    private Number before = 0L;
    private Number last = 0L;

    void see(Number now) {
      if (now.doubleValue() < last.doubleValue()) {
        before = InterfaceCounters.sum(before, last);
      }
      last = now;
    }

    Number all() {
      return InterfaceCounters.sum(before, last);
    }
  }

  // Guarded by this.
  private String task = "";
  private final Map<String, Map<String, Map<String, Count>>> byContainer = new HashMap<>();
  private final Map<String, Map<String, Number>> gone = new HashMap<>();

  /** The sums by interface and counter, with what containers say now. */
  synchronized Map<String, Map<String, Number>> add(
      TaskMetadata of, List<ContainerStats> containers) {
    if (!of.arn().equals(task)) {
      task = of.arn();
      byContainer.clear();
      gone.clear();
    }
    forgetOthers(of.containers());
    for (ContainerStats stats : containers) {
      if (!stats.container().sharesNetwork()) {
        Map<String, Map<String, Count>> known =
            byContainer.computeIfAbsent(key(stats.container()), made -> new HashMap<>());
        stats.networks().forEach((name, network) -> see(known, name, network));
      }
    }
    Map<String, Map<String, Number>> sums = new TreeMap<>();
    gone.forEach((name, counters) -> sums.put(name, new HashMap<>(counters)));
    byContainer.values().forEach(interfaces -> addTo(sums, interfaces));
    return sums;
  }

  private static String key(Container container) {
    return container.id().isEmpty() ? container.name() : container.id();
  }

  /** A container that the task has no more never comes back; only its sum is kept. */
  private void forgetOthers(List<Container> containers) {
    Set<String> others = new HashSet<>(byContainer.keySet());
    containers.forEach(each -> others.remove(key(each)));
    for (String each : others) {
      Map<String, Map<String, Count>> interfaces = byContainer.remove(each);
      if (interfaces != null) {
        interfaces.keySet().removeIf(name -> !gone.containsKey(name) && isFull());
        addTo(gone, interfaces);
      }
    }
  }

  private boolean isFull() {
    return gone.size() >= MAX_INTERFACES;
  }

  private static void see(Map<String, Map<String, Count>> known, String name, JsonNode network) {
    if (!known.containsKey(name) && known.size() >= MAX_INTERFACES) {
      return;
    }
    Map<String, Count> counts = known.computeIfAbsent(name, made -> new HashMap<>());
    InterfaceCounters.read(network)
        .forEach((counter, now) -> counts.computeIfAbsent(counter, made -> new Count()).see(now));
  }

  private static void addTo(
      Map<String, Map<String, Number>> sums, Map<String, Map<String, Count>> interfaces) {
    interfaces.forEach(
        (name, counts) -> {
          Map<String, Number> sum = sums.computeIfAbsent(name, made -> new HashMap<>());
          counts.forEach(
              (counter, count) -> sum.merge(counter, count.all(), InterfaceCounters::sum));
        });
  }
}
