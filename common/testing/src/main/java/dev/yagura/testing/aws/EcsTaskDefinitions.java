package dev.yagura.testing.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All revisions of all families. */
final class EcsTaskDefinitions {
  record Definition(
      String family,
      int revision,
      String networkMode,
      List<EcsContainer> containers,
      Fields fields) {

    String arn() {
      return String.valueOf(fields.text("taskDefinitionArn"));
    }
  }

  private final Scope scope;
  private final Map<String, List<Definition>> families = new LinkedHashMap<>();

  EcsTaskDefinitions(Scope scope) {
    this.scope = scope;
  }

  /** Registers the next revision of a family. */
  Definition register(
      String family, String networkMode, Map<String, String> tags, List<EcsContainer> containers) {
    List<Definition> revisions = families.computeIfAbsent(family, made -> new ArrayList<>());
    int revision = revisions.size() + 1;
    boolean fargate = networkMode.equals("awsvpc");
    Fields fields =
        new Fields()
            .set(
                "taskDefinitionArn", scope.arn("ecs", "task-definition/" + family + ":" + revision))
            .set("family", family)
            .set("revision", revision)
            .set("status", "ACTIVE")
            .set("networkMode", networkMode)
            .set("cpu", "256")
            .set("memory", "512")
            .set("registeredAt", scope.clock().instant())
            .list("compatibilities", "member", fargate ? List.of("EC2", "FARGATE") : List.of("EC2"))
            .list("requiresCompatibilities", "member", List.of(fargate ? "FARGATE" : "EC2"))
            .list(
                "containerDefinitions",
                "member",
                containers.stream().map(EcsContainer::fields).toList());
    if (!tags.isEmpty()) {
      EcsTags.put(fields, tags);
    }
    Definition made =
        new Definition(family, revision, networkMode, List.copyOf(containers), fields);
    revisions.add(made);
    return made;
  }

  /** By its ARN, by {@code family:revision}, or the latest of a family. */
  @Nullable Definition find(String name) {
    String[] parts = name.substring(name.indexOf('/') + 1).split(":", -1);
    List<Definition> revisions = families.getOrDefault(parts[0], List.of());
    int revision = parts.length == 1 ? revisions.size() : number(parts[1]);
    return revision < 1 || revision > revisions.size() ? null : revisions.get(revision - 1);
  }

  private static int number(String text) {
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
  }
}
