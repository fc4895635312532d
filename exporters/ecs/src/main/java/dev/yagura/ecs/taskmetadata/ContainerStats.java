package dev.yagura.ecs.taskmetadata;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.ecs.taskmetadata.TaskMetadata.Container;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /task/stats} says of one container: Docker's statistics.
 *
 * @param cpuNanos since it started
 * @param memoryLimitHits charges of memory that met the limit
 * @param memory {@code memory_stats.stats}, as the kernel's cgroup calls them
 * @param isCgroupV2 which decides what they are called
 * @param networks its counters by interface
 */
record ContainerStats(
    Container container,
    @Nullable Number cpuNanos,
    @Nullable Number memoryUsage,
    @Nullable Number memoryMaxUsage,
    @Nullable Number memoryLimitHits,
    Map<String, Number> memory,
    boolean isCgroupV2,
    Map<String, JsonNode> networks) {

  ContainerStats {
    memory = Map.copyOf(memory);
    networks = Map.copyOf(networks);
  }

  static ContainerStats of(Container container, JsonNode stats) {
    JsonNode usage = stats.path("memory_stats");
    Map<String, Number> memory = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : usage.path("stats").properties()) {
      Number value = Fields.number(usage.path("stats"), field.getKey());
      if (value != null) {
        memory.put(field.getKey(), value);
      }
    }
    Map<String, JsonNode> networks = new HashMap<>();
    for (Map.Entry<String, JsonNode> network : stats.path("networks").properties()) {
      networks.put(network.getKey(), network.getValue());
    }
    boolean isCgroupV2 = memory.containsKey("anon");
    return new ContainerStats(
        container,
        Fields.number(stats.path("cpu_stats").path("cpu_usage"), "total_usage"),
        Fields.number(usage, "usage"),
        Fields.positive(usage, "max_usage"),
        limitHits(usage, memory, isCgroupV2),
        memory,
        isCgroupV2,
        networks);
  }

  /** Docker leaves a count of zero out, and cgroup v2 has none. */
  private static @Nullable Number limitHits(
      JsonNode usage, Map<String, Number> memory, boolean isCgroupV2) {
    if (isCgroupV2 || memory.isEmpty()) {
      return null;
    }
    Number counted = Fields.number(usage, "failcnt");
    return counted == null ? 0 : counted;
  }

  /**
   * One of the kernel's numbers. In cgroup v1 the one that counts child groups in wins.
   *
   * @param v1 what cgroup v1 calls it; empty where it has none
   * @param v2 what cgroup v2 calls it
   */
  @Nullable Number memory(String v1, String v2) {
    if (isCgroupV2) {
      return memory.get(v2);
    }
    Number total = memory.get("total_" + v1);
    return total == null ? memory.get(v1) : total;
  }
}
