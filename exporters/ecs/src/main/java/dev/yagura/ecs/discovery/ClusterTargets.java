package dev.yagura.ecs.discovery;

import dev.yagura.ecs.inventory.Task;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the tasks of one cluster ask for.
 *
 * @param byTask by its ARN; an unresolved task is there with what it asked for before
 * @param unresolved tasks whose definition or host was not read
 * @param at when the tasks were looked at
 */
record ClusterTargets(Map<String, ScrapeTargets> byTask, int unresolved, Instant at) {
  ClusterTargets {
    byTask = Map.copyOf(byTask);
  }

  /** Before its tasks were ever looked at. */
  static ClusterTargets none() {
    return new ClusterTargets(Map.of(), 0, Instant.EPOCH);
  }

  /** After these running tasks were looked at. */
  ClusterTargets then(
      List<Task> tasks,
      DefinitionReader.Read read,
      HostAddresses.Found hosts,
      Surroundings where,
      DiscoveryConfig config,
      Instant now) {
    Map<String, ScrapeTargets> fresh = new HashMap<>();
    int without = 0;
    for (Task task : tasks) {
      String definition = task.taskDefinition().arn();
      var candidate = Candidate.of(task, where.definitions().get(definition), config);
      if (!read.byArn().containsKey(definition) || isHostUnread(candidate, hosts)) {
        without++;
        fresh.put(task.arn(), byTask.getOrDefault(task.arn(), ScrapeTargets.none()));
      } else {
        fresh.put(task.arn(), ScrapeTargets.of(candidate, where));
      }
    }
    return new ClusterTargets(fresh, without, now);
  }

  private static boolean isHostUnread(Candidate candidate, HostAddresses.Found hosts) {
    return hosts.failure().isPresent()
        && candidate.needsHost()
        && candidate.ip(hosts.ipByArn()).isEmpty();
  }
}
