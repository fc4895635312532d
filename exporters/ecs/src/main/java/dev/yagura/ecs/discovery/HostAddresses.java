package dev.yagura.ecs.discovery;

import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The machines that tasks run on. */
@FunctionalInterface
public interface HostAddresses {
  /**
   * What is known of them.
   *
   * @param ipByArn private IPs by the ARNs of the container instances; one that has none is not
   *     there
   * @param failure why others may not be there; the first one
   */
  record Found(Map<String, String> ipByArn, Optional<ScrapeException> failure) {
    public Found {
      ipByArn = Map.copyOf(ipByArn);
    }

    /** Where nothing failed. */
    static Found all(Map<String, String> ipByArn) {
      return new Found(ipByArn, Optional.empty());
    }
  }

  /**
   * Looks them up.
   *
   * @param containerInstances ARNs by the name of the cluster
   */
  Found of(Map<String, Set<String>> containerInstances, Deadline deadline)
      throws InterruptedException;
}
