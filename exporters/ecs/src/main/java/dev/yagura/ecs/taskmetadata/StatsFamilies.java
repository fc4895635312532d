package dev.yagura.ecs.taskmetadata;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** What {@code /task/stats} says of containers and interfaces. */
final class StatsFamilies {
  private static final List<Family<ContainerStats>> CONTAINER =
      Family.labelled(
          LabelSet.of(
              ContainerFamilies.CONTAINER_NAME, (ContainerStats row) -> row.container().name()),
          List.of(
              Family.counter(
                  "ecs_container_cpu_usage_seconds_total",
                  "CPU time that the container used, in seconds (cpu_stats.cpu_usage.total_usage of"
                      + " /task/stats).",
                  row -> Units.seconds(row.cpuNanos())),
              Family.gauge(
                  "ecs_container_memory_usage_bytes",
                  "Memory in use with the page cache, in bytes (memory_stats.usage of"
                      + " /task/stats).",
                  ContainerStats::memoryUsage),
              Family.gauge(
                  "ecs_container_memory_max_usage_bytes",
                  "The most memory that was in use, in bytes (memory_stats.max_usage of"
                      + " /task/stats); with cgroup v1 only.",
                  ContainerStats::memoryMaxUsage),
              Family.counter(
                  "ecs_container_memory_limit_failures_total",
                  "How often memory was asked for and the limit was met, which is no OOM kill yet"
                      + " (memory_stats.failcnt of /task/stats); with cgroup v1 only.",
                  ContainerStats::memoryLimitHits),
              gauge("page_cache_size_bytes", "Page cache", "cache", "file"),
              gauge("anonymous_bytes", "Anonymous memory", "rss", "anon"),
              gauge("anonymous_thp_bytes", "Anonymous huge pages", "rss_huge", "anon_thp"),
              gauge("mapped_file_bytes", "Mapped files", "mapped_file", "file_mapped"),
              gauge("active_file_bytes", "Files in recent use", "active_file", "active_file"),
              gauge(
                  "inactive_file_bytes",
                  "Files not in recent use, which are given up first",
                  "inactive_file",
                  "inactive_file"),
              gauge("dirty_bytes", "Files to be written to disk", "dirty", "file_dirty"),
              gauge("writeback_bytes", "Files being written", "writeback", "file_writeback"),
              gauge("unevictable_bytes", "Memory that is locked", "unevictable", "unevictable"),
              gauge("shared_bytes", "Shared memory and tmpfs", "", "shmem"),
              gauge("kernel_stack_bytes", "Stacks of the kernel", "", "kernel_stack"),
              gauge("socket_bytes", "Buffers of sockets", "", "sock"),
              gauge("slab_reclaimable_bytes", "Slab to be reclaimed", "", "slab_reclaimable"),
              gauge("slab_unreclaimable_bytes", "Slab that stays", "", "slab_unreclaimable"),
              counter("page_faults_total", "Page faults, major ones too", "pgfault", "pgfault"),
              counter(
                  "major_page_faults_total",
                  "Page faults that had to read from disk",
                  "pgmajfault",
                  "pgmajfault"),
              counter("pages_scanned_total", "Pages looked at to reclaim", "", "pgscan"),
              counter("pages_reclaimed_total", "Pages that were reclaimed", "", "pgsteal")));

  private static final List<Family<InterfaceCounters>> INTERFACE =
      Family.labelled(
          LabelSet.of("interface", InterfaceCounters::name),
          List.of(
              network("receive_bytes", "Bytes received", "rx_bytes"),
              network("receive_packets", "Packets received", "rx_packets"),
              network("receive_packets_dropped", "Packets dropped on receipt", "rx_dropped"),
              network("receive_errors", "Errors on receipt", "rx_errors"),
              network("transmit_bytes", "Bytes sent", "tx_bytes"),
              network("transmit_packets", "Packets sent", "tx_packets"),
              network("transmit_packets_dropped", "Packets dropped before sending", "tx_dropped"),
              network("transmit_errors", "Errors on sending", "tx_errors")));

  private StatsFamilies() {}

  private static Family<ContainerStats> gauge(String name, String what, String v1, String v2) {
    return Family.gauge(
        "ecs_container_memory_" + name,
        help(what + ", in bytes", v1, v2),
        row -> row.memory(v1, v2));
  }

  private static Family<ContainerStats> counter(String name, String what, String v1, String v2) {
    return Family.counter(
        "ecs_container_memory_" + name, help(what, v1, v2), row -> row.memory(v1, v2));
  }

  private static String help(String what, String v1, String v2) {
    if (v1.isEmpty()) {
      return "%s (memory_stats.stats.%s of /task/stats); with cgroup v2 only.".formatted(what, v2);
    }
    String field = v1.equals(v2) ? v2 : v2 + ", with cgroup v1 " + v1 + ",";
    return "%s (memory_stats.stats.%s of /task/stats).".formatted(what, field);
  }

  private static Family<InterfaceCounters> network(String name, String what, String field) {
    return Family.counter(
        "ecs_network_" + name + "_total",
        what
            + " over the interface by the task (networks.INTERFACE."
            + field
            + " of /task/stats); where containers have networks of their own a sum, with those that"
            + " have stopped since the exporter started.",
        row -> row.counter(field));
  }

  static List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(CONTAINER);
    all.addAll(INTERFACE);
    return all;
  }

  static Snapshot of(List<ContainerStats> containers, List<InterfaceCounters> interfaces) {
    return Snapshot.of(CONTAINER, containers).and(Snapshot.of(INTERFACE, interfaces));
  }
}
