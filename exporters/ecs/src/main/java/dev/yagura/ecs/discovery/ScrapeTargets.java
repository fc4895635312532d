package dev.yagura.ecs.discovery;

import dev.yagura.ecs.inventory.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The targets in an account and region, sorted.
 *
 * @param leftOut because there were too many
 * @param badLabels labels and tags that ask for what cannot be: no number, a port that is not
 *     published
 */
public record ScrapeTargets(List<ScrapeTarget> targets, int leftOut, int badLabels) {
  private static final ScrapeTargets NONE = new ScrapeTargets(List.of(), 0, 0);

  public ScrapeTargets {
    targets = List.copyOf(targets);
  }

  /** Where nothing is asked for. */
  static ScrapeTargets none() {
    return NONE;
  }

  /** What these tasks ask for, as far as they run and can be reached. */
  public static ScrapeTargets of(List<Task> tasks, Surroundings where, DiscoveryConfig config) {
    List<ScrapeTarget> all = new ArrayList<>();
    int bad = 0;
    for (Task task : tasks) {
      if (Candidate.isRunning(task)) {
        var definition = where.definitions().get(task.taskDefinition().arn());
        ScrapeTargets some = of(Candidate.of(task, definition, config), where);
        all.addAll(some.targets());
        bad += some.badLabels();
      }
    }
    all.sort(ScrapeTarget.ORDER);
    int kept = Math.min(all.size(), config.maxTargets());
    return new ScrapeTargets(all.subList(0, kept), all.size() - kept, bad);
  }

  /** All that one task asks for. */
  static ScrapeTargets of(Candidate candidate, Surroundings where) {
    List<ScrapeTarget> targets = new ArrayList<>();
    int bad = candidate.asked().bad() + add(targets, candidate, where);
    return new ScrapeTargets(targets, 0, bad);
  }

  /** Adds the targets of a task, each once, and tells how many of its requests lead nowhere. */
  private static int add(List<ScrapeTarget> all, Candidate candidate, Surroundings where) {
    Optional<String> ip = candidate.ip(where.hostIpByContainerInstanceArn());
    if (ip.isEmpty()) {
      return 0;
    }
    Set<List<String>> seen = new HashSet<>();
    int bad = 0;
    for (PortRequest request : candidate.asked().requests()) {
      OptionalInt port = candidate.port(request);
      if (port.isEmpty()) {
        bad++;
        continue;
      }
      String address = address(request.server().orElse(ip.get()), port.getAsInt());
      if (seen.add(List.of(address, request.path().orElse("")))) {
        Map<String, String> labels = TargetLabels.of(candidate, request, ip.get(), where);
        all.add(new ScrapeTarget(address, labels));
      }
    }
    return bad;
  }

  private static String address(String host, int port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
