package dev.yagura.testing.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A container of a task definition, as it is registered. */
public final class EcsContainer {
  record Port(int container, int host) {
    private Fields fields() {
      return new Fields()
          .set("containerPort", container)
          .set("hostPort", host)
          .set("protocol", "tcp");
    }
  }

  private final String name;
  private final Map<String, String> labels = new LinkedHashMap<>();
  private final List<Port> ports = new ArrayList<>();
  private String image;
  private boolean essential = true;

  private EcsContainer(String name) {
    this.name = name;
    image = name + ":latest";
  }

  /** An essential container of the image of the same name. */
  public static EcsContainer named(String name) {
    return new EcsContainer(name);
  }

  /** Sets its image. */
  public EcsContainer image(String reference) {
    image = reference;
    return this;
  }

  /** Sets whether its task stops with it. */
  public EcsContainer essential(boolean value) {
    essential = value;
    return this;
  }

  /** Adds a docker label. */
  public EcsContainer label(String key, String value) {
    labels.put(key, value);
    return this;
  }

  /** Adds a port, which has the same number on the host. */
  public EcsContainer port(int container) {
    return port(container, container);
  }

  /** Adds a port and its number on the host, 0 for any. */
  public EcsContainer port(int container, int host) {
    ports.add(new Port(container, host));
    return this;
  }

  String name() {
    return name;
  }

  String image() {
    return image;
  }

  List<Port> ports() {
    return ports;
  }

  /** As a task definition holds it. */
  Fields fields() {
    Fields fields =
        new Fields()
            .set("name", name)
            .set("image", image)
            .set("essential", essential)
            .set("cpu", 0)
            .list("portMappings", "member", ports.stream().map(Port::fields).toList());
    if (!labels.isEmpty()) {
      // As a map, for labels have dots, which lead into structures.
      fields.set("dockerLabels", Map.copyOf(labels));
    }
    return fields;
  }
}
