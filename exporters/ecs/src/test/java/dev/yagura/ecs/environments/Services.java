package dev.yagura.ecs.environments;

import dev.yagura.ecs.inventory.Service;
import dev.yagura.ecs.loadbalancers.Views;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes services of the cluster {@code dev}, a day old, that run what they are to. */
final class Services {
  static final Instant CREATED = Views.NOW.minus(Duration.ofDays(1));

  private Services() {}

  /** One whose tasks are registered with target groups. */
  static Service of(String name, @Nullable Integer tasks, String... groups) {
    List<String> arns = Stream.of(groups).map(Views::group).toList();
    return service(name, "ACTIVE", tasks, CREATED, arns, Map.of());
  }

  static Service createdAt(String name, @Nullable Instant createdAt, String group) {
    return service(name, "ACTIVE", 1, createdAt, List.of(Views.group(group)), Map.of());
  }

  static Service inState(String name, String status, String group) {
    return service(name, status, 1, CREATED, List.of(Views.group(group)), Map.of());
  }

  static Service withoutGroup(String name) {
    return service(name, "ACTIVE", 1, CREATED, List.of(), Map.of());
  }

  static Service tagged(String name, String group, String key, String value) {
    return service(name, "ACTIVE", 1, CREATED, List.of(Views.group(group)), Map.of(key, value));
  }

  private static Service service(
      String name,
      String status,
      @Nullable Integer tasks,
      @Nullable Instant createdAt,
      List<String> groups,
      Map<String, String> tags) {
    return new Service(
        "arn:aws:ecs:ap-northeast-1:123456789012:service/dev/" + name,
        name,
        "dev",
        status,
        tasks,
        tasks,
        0,
        createdAt,
        List.of(),
        List.of(),
        groups,
        null,
        tags);
  }
}
