package dev.yagura.ecs.environments;

import dev.yagura.ecs.inventory.Service;
import dev.yagura.ecs.loadbalancers.LoadBalancing;
import dev.yagura.ecs.loadbalancers.Views;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A view joined with services, of environments {@code <env>.dev.example.com} or a tag. */
final class Joined {
  static final EnvironmentNames NAMES =
      EnvironmentNames.of(
          Optional.of("(?<env>[a-z0-9-]+)\\.dev\\.example\\.com"), Optional.of("environment"));

  /** Of all load balancers. */
  static EnvironmentsConfig config(int maxEnvironments) {
    return new EnvironmentsConfig(NAMES, List.of(), maxEnvironments);
  }

  final LoadBalancing view;
  final List<Environment> environments;
  private final Optional<List<Service>> all;
  private final boolean whole;
  private final ServicesByGroup byGroup;
  private final EnvironmentJoin join;

  private Joined(Views views, boolean hasAll, boolean whole, List<Service> services) {
    view = views.view();
    this.whole = whole;
    all = hasAll ? Optional.of(services) : Optional.empty();
    byGroup = new ServicesByGroup(services);
    join = new EnvironmentJoin(view, byGroup, hasAll, config(500));
    environments = join.environments();
  }

  /** With all services that there are. */
  static Joined of(Views views, Service... services) {
    return new Joined(views, true, true, List.of(services));
  }

  /** With some services; there may be more. */
  static Joined withSome(Views views, Service... services) {
    return new Joined(views, false, true, List.of(services));
  }

  /** With all services of those clusters that are watched. */
  static Joined partly(Views views, Service... services) {
    return new Joined(views, true, false, List.of(services));
  }

  Environment environment(String name) {
    return environments.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not of " + names()));
  }

  List<String> names() {
    return environments.stream().map(Environment::name).toList();
  }

  Optional<Boolean> up(String name) {
    return environment(name).isUp(view, Views.NOW);
  }

  List<EnvironmentPath> paths() {
    return environments.stream()
        .flatMap(each -> EnvironmentPath.of(each, byGroup).stream())
        .toList();
  }

  Map<OrphanKind, List<Orphan>> orphans() {
    return new OrphanSearch(view, all, whole, byGroup, NAMES, join, Views.NOW)
        .orphans(environments);
  }

  List<Orphan> orphans(OrphanKind kind) {
    List<Orphan> found = orphans().get(kind);
    if (found == null) {
      throw new AssertionError(kind + " cannot be told");
    }
    return found;
  }
}
