package dev.yagura.ecs.discovery;

import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import java.util.Map;
import java.util.Set;

/** The machines that tasks run on. */
@FunctionalInterface
public interface HostAddresses {
  /**
   * Their private IPs by the ARNs of the container instances; one that has none is not there.
   *
   * @param containerInstances ARNs by the name of the cluster
   */
  Map<String, String> of(Map<String, Set<String>> containerInstances, Deadline deadline)
      throws ScrapeException, InterruptedException;
}
