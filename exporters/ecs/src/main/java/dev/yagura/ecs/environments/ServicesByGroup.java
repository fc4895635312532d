package dev.yagura.ecs.environments;

import dev.yagura.ecs.inventory.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Services by the ARN of the target groups that their tasks are registered with. */
final class ServicesByGroup {
  private final Map<String, List<Service>> services = new HashMap<>();

  ServicesByGroup(List<Service> all) {
    all.stream()
        .sorted(Comparator.comparing(Service::arn))
        .forEach(
            service ->
                service
                    .targetGroups()
                    .forEach(
                        group ->
                            services.computeIfAbsent(group, g -> new ArrayList<>()).add(service)));
  }

  List<Service> of(String group) {
    return services.getOrDefault(group, List.of());
  }

  List<Service> of(Collection<String> groups) {
    Set<Service> all = new LinkedHashSet<>();
    groups.forEach(group -> all.addAll(of(group)));
    return List.copyOf(all);
  }
}
