package dev.yagura.ecs.inventory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The last answers about the clusters of one account in one region, for those who join them with
 * something else. An answer that is too old is not there. For any thread.
 */
public final class Inventory {
  private record Answer<T>(List<T> items, long at) {}

  private final Duration maxAge;
  private final LongSupplier nanoClock;

  // Guarded by this.
  private Optional<Set<String>> clusters = Optional.empty();
  private final Map<String, Answer<Service>> services = new HashMap<>();
  private final Map<String, Answer<Task>> tasks = new HashMap<>();
  private boolean clustersLeftOut;
  private final Set<String> servicesLeftOut = new HashSet<>();

  /**
   * Nothing is known yet.
   *
   * @param maxAge after which an answer is no longer there
   * @param nanoClock counts nanoseconds
   */
  public Inventory(Duration maxAge, LongSupplier nanoClock) {
    this.maxAge = maxAge;
    this.nanoClock = nanoClock;
  }

  /**
   * These are all clusters that are watched; the others are forgotten.
   *
   * @param leftOut whether there are clusters that are not watched
   */
  public synchronized void clusters(Set<String> names, boolean leftOut) {
    clusters = Optional.of(Set.copyOf(names));
    clustersLeftOut = leftOut;
    services.keySet().retainAll(names);
    servicesLeftOut.retainAll(names);
    tasks.keySet().retainAll(names);
  }

  /**
   * The services of a cluster.
   *
   * @param leftOut whether there are some that are not watched
   */
  public synchronized void services(String cluster, List<Service> watched, boolean leftOut) {
    services.put(cluster, new Answer<>(List.copyOf(watched), nanoClock.getAsLong()));
    if (leftOut) {
      servicesLeftOut.add(cluster);
    } else {
      servicesLeftOut.remove(cluster);
    }
  }

  /** All tasks of a cluster that have not stopped. */
  public synchronized void tasks(String cluster, List<Task> all) {
    tasks.put(cluster, new Answer<>(List.copyOf(all), nanoClock.getAsLong()));
  }

  /** All services that are known. */
  public synchronized List<Service> services() {
    return fresh(services);
  }

  /** All services of all watched clusters; empty if those of any cluster are not known. */
  public synchronized Optional<List<Service>> allServices() {
    return missing(services).map(Set::isEmpty).orElse(false)
        ? Optional.of(services())
        : Optional.empty();
  }

  /** Whether what is watched is all there is: a service that is not known does not exist. */
  public synchronized boolean isWhole() {
    return !clustersLeftOut && servicesLeftOut.isEmpty() && allServices().isPresent();
  }

  /** All tasks that are known. */
  public synchronized List<Task> tasks() {
    return fresh(tasks);
  }

  /** All services of a cluster; empty if they are not known. */
  public synchronized Optional<List<Service>> services(String cluster) {
    return Optional.ofNullable(services.get(cluster))
        .filter(answer -> !isOld(answer))
        .map(Answer::items);
  }

  /** The service of this name, if it is known. */
  public synchronized Optional<Service> service(String cluster, String name) {
    return services(cluster)
        .flatMap(all -> all.stream().filter(service -> service.name().equals(name)).findFirst());
  }

  /** The clusters whose tasks are not known; empty if not even the clusters are. */
  public synchronized Optional<Set<String>> withoutTasks() {
    return missing(tasks);
  }

  private <T> Optional<Set<String>> missing(Map<String, Answer<T>> answers) {
    return clusters.map(
        names -> {
          Set<String> missing = new HashSet<>(names);
          answers.forEach(
              (cluster, answer) -> {
                if (!isOld(answer)) {
                  missing.remove(cluster);
                }
              });
          return missing;
        });
  }

  private <T> List<T> fresh(Map<String, Answer<T>> answers) {
    List<T> all = new ArrayList<>();
    answers.values().stream()
        .filter(answer -> !isOld(answer))
        .forEach(answer -> all.addAll(answer.items()));
    return all;
  }

  private boolean isOld(Answer<?> answer) {
    return nanoClock.getAsLong() - answer.at() > maxAge.toNanos();
  }
}
