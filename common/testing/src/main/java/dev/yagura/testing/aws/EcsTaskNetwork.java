package dev.yagura.testing.aws;

import dev.yagura.testing.aws.EcsTaskDefinitions.Definition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a task is reached: its own network interface, or ports of its host. */
final class EcsTaskNetwork {
  private static final int FIRST_DYNAMIC_PORT = 32_768;
  private static final int LAST_PART = 250;

  private final Definition definition;
  private final Fields attachment = new Fields();
  private final Map<String, String> details = new LinkedHashMap<>();
  private final String id;
  private final int number;

  /**
   * Of the task with this number.
   *
   * @param id of its attachment
   */
  EcsTaskNetwork(Definition definition, String id, int number) {
    this.definition = definition;
    this.id = id;
    this.number = number;
    details.put("subnetId", "subnet-0a1b2c3d");
    attachment.set("id", id).set("type", "ElasticNetworkInterface").set("status", "PRECREATED");
    write();
  }

  private boolean ownInterface() {
    return definition.networkMode().equals("awsvpc");
  }

  private void write() {
    attachment.list(
        "details",
        "member",
        details.entrySet().stream()
            .map(entry -> new Fields().set("name", entry.getKey()).set("value", entry.getValue()))
            .toList());
  }

  List<Fields> attachments() {
    return ownInterface() ? List.of(attachment) : List.of();
  }

  /** Sets a detail of the interface. */
  void detail(String name, String value, Map<String, Fields> containers) {
    details.put(name, value);
    if (details.containsKey("networkInterfaceId")) {
      attach(containers);
    }
  }

  /** The interface is there, and every container has its address. */
  void attach(Map<String, Fields> containers) {
    if (!ownInterface()) {
      return;
    }
    details.putIfAbsent("networkInterfaceId", String.format("eni-%017x", number));
    details.putIfAbsent(
        "macAddress", String.format("0a:98:00:00:%02x:%02x", number >> 8 & 255, number & 255));
    String address = "10.0." + number / LAST_PART % LAST_PART + "." + (number % LAST_PART + 4);
    details.putIfAbsent("privateIPv4Address", address);
    attachment.set("status", "ATTACHED");
    write();
    Fields made =
        new Fields()
            .set("attachmentId", id)
            .set("privateIpv4Address", details.get("privateIPv4Address"));
    containers.values().forEach(each -> each.list("networkInterfaces", "member", List.of(made)));
  }

  /** The ports of the host are bound. */
  void bind(Map<String, Fields> containers) {
    if (ownInterface()) {
      return;
    }
    int dynamic = FIRST_DYNAMIC_PORT + number * 8 % (LAST_PART * 100);
    for (EcsContainer container : definition.containers()) {
      List<Fields> bindings = new ArrayList<>();
      for (EcsContainer.Port port : container.ports()) {
        int host = port.host() == 0 ? dynamic++ : port.host();
        bindings.add(
            new Fields()
                .set("bindIP", "0.0.0.0")
                .set("containerPort", port.container())
                .set("hostPort", definition.networkMode().equals("host") ? port.container() : host)
                .set("protocol", "tcp"));
      }
      Fields fields = containers.get(container.name());
      if (fields != null) {
        fields.list("networkBindings", "member", bindings);
      }
    }
  }

  /** The interface is gone. */
  void detach() {
    attachment.set("status", "DELETED");
  }
}
