package dev.yagura.ecs.loadbalancers;

import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tags of rules and target groups, each read again now and then. For one thread. */
final class TagsReader {
  private static final Duration EVERY = Duration.ofMinutes(15);

  private record Read(Map<String, String> tags, Instant at) {}

  private final ElbApi api;
  private final int calls;
  private final Clock clock;
  private final Map<String, Read> known = new HashMap<>();

  /**
   * Nothing is known yet.
   *
   * @param calls of a refresh
   */
  TagsReader(ElbApi api, int calls, Clock clock) {
    this.api = api;
    this.calls = calls;
    this.clock = clock;
  }

  /** Reads those that are due, and of these first what was never read. */
  void read(Set<String> arns, Deadline deadline) throws ScrapeException, InterruptedException {
    known.keySet().retainAll(arns);
    Instant old = clock.instant().minus(EVERY);
    List<String> due = new ArrayList<>(arns);
    due.removeIf(arn -> readAt(arn).isAfter(old));
    due.sort(Comparator.comparing(this::readAt).thenComparing(Comparator.naturalOrder()));
    int most = Math.min(due.size(), calls * ElbApi.TAGS_AT_ONCE);
    for (int from = 0; from < most && !deadline.hasPassed(); from += ElbApi.TAGS_AT_ONCE) {
      List<String> some = due.subList(from, Math.min(due.size(), from + ElbApi.TAGS_AT_ONCE));
      Optional<Map<String, Map<String, String>>> tags = api.tags(some);
      tags.ifPresent(
          read ->
              some.forEach(
                  arn ->
                      known.put(arn, new Read(read.getOrDefault(arn, Map.of()), clock.instant()))));
    }
  }

  private Instant readAt(String arn) {
    Read read = known.get(arn);
    return read == null ? Instant.MIN : read.at();
  }

  /** By ARN, as far as they were read. */
  Map<String, Map<String, String>> tags() {
    Map<String, Map<String, String>> tags = new HashMap<>();
    known.forEach((arn, read) -> tags.put(arn, read.tags()));
    return tags;
  }
}
