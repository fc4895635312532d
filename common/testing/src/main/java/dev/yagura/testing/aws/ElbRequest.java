package dev.yagura.testing.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A call of ELB, and how it is answered. */
record ElbRequest(Call call, ElbDouble elb) {
  private static final int LARGEST_PAGE = 400;
  private static final int MOST_TAGGED = 20;

  Answer answer() {
    return switch (call.operation()) {
      case "DescribeLoadBalancers" ->
          list("LoadBalancers", loadBalancers(), (xml, each) -> each.fields().write(xml));
      case "DescribeListeners" -> list("Listeners", listeners(), (xml, each) -> each.write(xml));
      case "DescribeRules" -> list("Rules", rules(), (xml, each) -> each.fields().write(xml));
      case "DescribeTargetGroups" -> {
        Map<String, List<String>> users = elb.users();
        yield list(
            "TargetGroups",
            targetGroups(users),
            (xml, each) -> each.write(xml, users.getOrDefault(each.arn(), List.of())));
      }
      case "DescribeTargetHealth" -> health();
      case "DescribeTags" -> tags();
      case "DescribeAccountLimits" ->
          list(
              "Limits",
              List.copyOf(elb.limits().entrySet()),
              (xml, limit) -> xml.text("Name", limit.getKey()).text("Max", limit.getValue()));
      default -> throw ServiceDouble.unknown(call);
    };
  }

  private <T> Answer list(String name, List<T> all, BiConsumer<Xml, T> write) {
    int size = call.input().number("PageSize", LARGEST_PAGE);
    if (size < 1 || size > LARGEST_PAGE) {
      throw invalid("The page size must be between 1 and " + LARGEST_PAGE + ".");
    }
    Page<T> page = Page.of(all, call.input().text("Marker"), size);
    return call.result(
        xml -> xml.list(name, "member", page.items(), write).text("NextMarker", page.next()));
  }

  private static AwsError invalid(String text) {
    return AwsError.badRequest("ValidationError", text);
  }

  private static AwsError unknown(String kind, String name) {
    return AwsError.badRequest(kind + "NotFound", "One or more are not found: " + name);
  }

  /** Those that the request names, each of which must be there; all if it names none. */
  private <T> List<T> named(String parameter, List<T> all, Function<T, String> name, String kind) {
    List<String> asked = call.input().texts(parameter);
    if (asked.isEmpty()) {
      return all;
    }
    List<T> found = new ArrayList<>();
    for (String each : asked) {
      found.add(
          all.stream()
              .filter(one -> name.apply(one).equals(each))
              .findFirst()
              .orElseThrow(() -> unknown(kind, each)));
    }
    return found;
  }

  private List<LoadBalancerDouble> loadBalancers() {
    return named(
        "Names",
        named("LoadBalancerArns", elb.loadBalancers(), LoadBalancerDouble::arn, "LoadBalancer"),
        LoadBalancerDouble::name,
        "LoadBalancer");
  }

  private LoadBalancerDouble loadBalancer(String arn) {
    return elb.loadBalancers().stream()
        .filter(each -> each.arn().equals(arn))
        .findFirst()
        .orElseThrow(() -> unknown("LoadBalancer", arn));
  }

  private List<ListenerDouble> listeners() {
    String arn = call.input().text("LoadBalancerArn");
    if (arn != null) {
      return loadBalancer(arn).listeners();
    }
    if (call.input().texts("ListenerArns").isEmpty()) {
      throw invalid("A load balancer or listeners must be specified.");
    }
    return named("ListenerArns", elb.listeners().toList(), ListenerDouble::arn, "Listener");
  }

  private List<RuleDouble> rules() {
    String arn = call.input().text("ListenerArn");
    if (arn != null) {
      return elb.listeners()
          .filter(each -> each.arn().equals(arn))
          .findFirst()
          .orElseThrow(() -> unknown("Listener", arn))
          .rules();
    }
    if (call.input().texts("RuleArns").isEmpty()) {
      throw invalid("A listener or rules must be specified.");
    }
    return named("RuleArns", elb.rules().toList(), RuleDouble::arn, "Rule");
  }

  private List<TargetGroupDouble> targetGroups(Map<String, List<String>> users) {
    String arn = call.input().text("LoadBalancerArn");
    if (arn != null) {
      loadBalancer(arn);
    }
    List<TargetGroupDouble> all =
        arn == null
            ? elb.targetGroups()
            : elb.targetGroups().stream()
                .filter(each -> users.getOrDefault(each.arn(), List.of()).contains(arn))
                .toList();
    return named(
        "Names",
        named("TargetGroupArns", all, TargetGroupDouble::arn, "TargetGroup"),
        TargetGroupDouble::name,
        "TargetGroup");
  }

  private Answer health() {
    String arn = call.input().required("TargetGroupArn");
    TargetGroupDouble group =
        elb.targetGroups().stream()
            .filter(each -> each.arn().equals(arn))
            .findFirst()
            .orElseThrow(() -> unknown("TargetGroup", arn));
    List<String> ids =
        call.input().structures("Targets").stream().map(each -> each.required("Id")).toList();
    List<Fields> asked =
        group.targets().stream()
            .filter(each -> ids.isEmpty() || ids.contains(each.text("Target.Id")))
            .toList();
    return call.result(
        xml ->
            xml.list(
                "TargetHealthDescriptions", "member", asked, (item, target) -> target.write(item)));
  }

  private record Tagged(String arn, Map<String, String> tags) {
    private void write(Xml xml) {
      xml.text("ResourceArn", arn)
          .list(
              "Tags",
              "member",
              tags.entrySet(),
              (item, tag) -> item.text("Key", tag.getKey()).text("Value", tag.getValue()));
    }
  }

  private Answer tags() {
    List<String> arns = call.input().texts("ResourceArns");
    if (arns.isEmpty() || arns.size() > MOST_TAGGED) {
      throw invalid("Tags are described of 1 to " + MOST_TAGGED + " resources.");
    }
    List<Tagged> found = new ArrayList<>();
    for (String arn : arns) {
      Map<String, String> tags = elb.tags(arn);
      if (tags == null) {
        throw unknown(kind(arn), arn);
      }
      found.add(new Tagged(arn, tags));
    }
    return call.result(
        xml -> xml.list("TagDescriptions", "member", found, (item, each) -> each.write(item)));
  }

  private static String kind(String arn) {
    if (arn.contains(":targetgroup/")) {
      return "TargetGroup";
    } else if (arn.contains(":listener-rule/")) {
      return "Rule";
    } else if (arn.contains(":listener/")) {
      return "Listener";
    }
    return "LoadBalancer";
  }
}
