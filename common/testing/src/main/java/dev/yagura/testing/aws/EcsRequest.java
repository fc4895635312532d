package dev.yagura.testing.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A call of ECS, and how its answers are made. */
record EcsRequest(Call call, EcsDouble ecs) {

  Input input() {
    return call.input();
  }

  /** The cluster that is named, or the one that has no name to be said. */
  EcsClusterDouble cluster() {
    EcsClusterDouble found = ecs.find(input().text("cluster", "default"));
    if (found == null) {
      throw AwsError.badRequest("ClusterNotFoundException", "Cluster not found.");
    }
    return found;
  }

  /** A service of the cluster that is there. */
  EcsServiceDouble service(String name) {
    EcsServiceDouble found = cluster().find(name);
    if (found == null || !found.isActive()) {
      throw AwsError.badRequest("ServiceNotFoundException", "Service not found.");
    }
    return found;
  }

  boolean includes(String part) {
    return input().texts("include").contains(part);
  }

  /** A page, whose size the caller says up to a limit. */
  <T> Page<T> page(List<T> all, int size, int most) {
    int asked = input().number("maxResults", size);
    if (asked < 1 || asked > most) {
      throw invalid("maxResults must be between 1 and " + most + ".");
    }
    return Page.of(all, input().text("nextToken"), asked);
  }

  /** The answer that is a page, of things that are written so. */
  <T> Answer page(String name, Page<T> page, Function<T, Object> write) {
    return answer(name, page.items().stream().map(write).toList(), page.next());
  }

  Answer answer(String name, Object value, @Nullable String next) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(name, value);
    if (next != null) {
      body.put("nextToken", next);
    }
    return call.json(body);
  }

  /** The names in the request, of which there may not be more than these. */
  List<String> named(String parameter, int most) {
    List<String> names = input().texts(parameter);
    if (names.isEmpty()) {
      throw invalid(parameter + " can not be empty.");
    }
    if (names.size() > most) {
      throw invalid(parameter + " can have at most " + most + " items.");
    }
    return names;
  }

  /** The answer that describes each of these, or says that it is missing. */
  Answer describe(
      String name,
      List<String> asked,
      Function<String, @Nullable Map<String, Object>> find,
      Function<String, String> arn) {
    List<Map<String, Object>> found = new ArrayList<>();
    List<Map<String, String>> failures = new ArrayList<>();
    for (String each : asked) {
      Map<String, Object> described = find.apply(each);
      if (described == null) {
        failures.add(Map.of("arn", arn.apply(each), "reason", "MISSING"));
      } else {
        if (!includes("TAGS")) {
          described.remove("tags");
        }
        found.add(described);
      }
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(name, found);
    body.put("failures", failures);
    return call.json(body);
  }

  /** The ARN of what is here, also if only its id was said. */
  String arn(String kind, String name) {
    return name.startsWith("arn:") ? name : ecs.scope().arn("ecs", kind + "/" + name);
  }

  /** The ARN of what is in a cluster, also if only its id was said. */
  String arn(String kind, EcsClusterDouble cluster, String name) {
    return name.startsWith("arn:") ? name : arn(kind, cluster.name() + "/" + name);
  }

  static AwsError invalid(String text) {
    return AwsError.badRequest("InvalidParameterException", text);
  }
}
