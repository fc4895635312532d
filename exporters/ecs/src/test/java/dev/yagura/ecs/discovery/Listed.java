package dev.yagura.ecs.discovery;

import dev.yagura.ecs.inventory.Task;
import dev.yagura.ecs.inventory.TaskDefinition;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists made of tasks that are on one host at most. */
final class Listed {
  static final String PORT = "PROMETHEUS_EXPORTER_PORT";

  private static final Map<String, String> HOSTS = Map.of(TaskMaker.HOST, "192.0.2.7");

  private Listed() {}

  static ScrapeTargets of(TaskMaker... tasks) {
    return of(DiscoveryConfig.defaults(), tasks);
  }

  static ScrapeTargets of(DiscoveryConfig config, TaskMaker... tasks) {
    return of(HOSTS, config, tasks);
  }

  static ScrapeTargets of(Map<String, String> hosts, DiscoveryConfig config, TaskMaker... tasks) {
    Map<String, TaskDefinition> definitions = new HashMap<>();
    List<Task> all = Arrays.stream(tasks).map(TaskMaker::task).toList();
    Arrays.stream(tasks)
        .map(TaskMaker::definition)
        .forEach(each -> definitions.put(each.name().arn(), each));
    var where =
        new Surroundings(
            "prod", "eu-central-1", definitions, hosts, task -> Optional.of("feature-1"));
    return ScrapeTargets.of(all, where, config);
  }

  /** With this tag's key, and Docker labels too. */
  static DiscoveryConfig byTag(String key) {
    DiscoveryConfig usual = DiscoveryConfig.defaults();
    return new DiscoveryConfig(true, Optional.of(key), usual.refresh(), usual.maxTargets());
  }

  static List<String> addresses(ScrapeTargets list) {
    return list.targets().stream().map(ScrapeTarget::address).toList();
  }
}
