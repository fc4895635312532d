package dev.yagura.testing.aws;

import dev.yagura.testing.aws.EcsTaskDefinitions.Definition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The containers of a task, and how they are reached. */
final class EcsTaskContainers {
  private final Definition definition;
  private final ResourceIds ids;
  private final EcsTaskNetwork network;
  private final Map<String, Fields> all = new LinkedHashMap<>();

  EcsTaskContainers(EcsClusterDouble cluster, Definition definition, String taskArn, int number) {
    this.definition = definition;
    ids = cluster.ecs().ids();
    network = new EcsTaskNetwork(definition, ids.dashed(), number);
    for (EcsContainer container : definition.containers()) {
      String path = cluster.name() + "/" + EcsDouble.last(taskArn) + "/" + ids.dashed();
      all.put(
          container.name(),
          new Fields()
              .set("containerArn", cluster.scope().arn("ecs", "container/" + path))
              .set("taskArn", taskArn)
              .set("name", container.name())
              .set("image", container.image())
              .set("lastStatus", "PENDING")
              .set("healthStatus", "UNKNOWN")
              .set("cpu", "0")
              .list("networkInterfaces", "member", List.of())
              .list("networkBindings", "member", List.of()));
    }
  }

  /** The task's fields about them. */
  void describe(Fields task) {
    List<Fields> overrides =
        all.keySet().stream().map(name -> new Fields().set("name", name)).toList();
    task.set("overrides", new Fields().list("containerOverrides", "member", overrides))
        .list("attachments", "member", network.attachments())
        .list("containers", "member", new ArrayList<>(all.values()));
  }

  @Nullable Fields find(String name) {
    return all.get(name);
  }

  void privateIp(String address) {
    network.detail("privateIPv4Address", address, all);
  }

  void attach() {
    network.attach(all);
  }

  void pulled() {
    for (EcsContainer container : definition.containers()) {
      set(container.name(), "imageDigest", ResourceIds.digest(container.image()));
    }
  }

  void running() {
    network.bind(all);
    for (String name : all.keySet()) {
      set(name, "lastStatus", "RUNNING");
      set(name, "runtimeId", ids.hex() + "-" + name);
    }
  }

  void stopped() {
    network.detach();
    setAll("lastStatus", "STOPPED");
  }

  void setAll(String field, Object value) {
    all.values().forEach(each -> each.set(field, value));
  }

  private void set(String name, String field, Object value) {
    Fields container = all.get(name);
    if (container != null) {
      container.set(field, value);
    }
  }
}
