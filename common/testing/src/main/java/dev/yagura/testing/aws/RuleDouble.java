package dev.yagura.testing.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A rule of a listener. */
public final class RuleDouble {
  private final ListenerDouble listener;
  private final String arn;
  private final Fields fields = new Fields();

  RuleDouble(ListenerDouble listener, String priority) {
    this.listener = listener;
    arn = listener.arn().replace(":listener/", ":listener-rule/") + "/" + listener.elb().id();
    fields
        .set("RuleArn", arn)
        .set("Priority", priority)
        .set("IsDefault", priority.equals("default"))
        .list("Conditions", "member", List.of());
  }

  /** Its ARN. */
  public String arn() {
    return arn;
  }

  /** What ELB says of it, to be changed. */
  public Fields fields() {
    return fields;
  }

  /** Sets that it is for these hosts, which may have wildcards. */
  public RuleDouble hosts(String... hosts) {
    List<String> values = List.of(hosts);
    Fields condition =
        new Fields()
            .set("Field", "host-header")
            .list("Values", "member", values)
            .set("HostHeaderConfig", new Fields().list("Values", "member", values));
    fields.list("Conditions", "member", List.of(condition));
    return this;
  }

  /** Sets that it forwards to one target group. */
  public RuleDouble forward(String targetGroupArn) {
    return actions(
        forwarding(List.of(weighted(targetGroupArn, 1))).set("TargetGroupArn", targetGroupArn));
  }

  /** Sets that it forwards to target groups by their weight. */
  public RuleDouble forward(Map<String, Integer> weights) {
    List<Fields> groups = new ArrayList<>();
    weights.forEach((group, weight) -> groups.add(weighted(group, weight)));
    return actions(forwarding(groups));
  }

  private static Fields weighted(String targetGroupArn, int weight) {
    return new Fields().set("TargetGroupArn", targetGroupArn).set("Weight", weight);
  }

  private static Fields forwarding(List<Fields> groups) {
    return new Fields()
        .set("Type", "forward")
        .set("Order", 1)
        .set(
            "ForwardConfig",
            new Fields()
                .list("TargetGroups", "member", groups)
                .set("TargetGroupStickinessConfig.Enabled", false));
  }

  /** Sets that it sends callers to another host. */
  public RuleDouble redirect(String host) {
    return actions(
        new Fields()
            .set("Type", "redirect")
            .set("Order", 1)
            .set("RedirectConfig.Protocol", "HTTPS")
            .set("RedirectConfig.Port", "443")
            .set("RedirectConfig.Host", host)
            .set("RedirectConfig.Path", "/#{path}")
            .set("RedirectConfig.Query", "#{query}")
            .set("RedirectConfig.StatusCode", "HTTP_301"));
  }

  /** Sets what it does, in this order. */
  public RuleDouble actions(Fields... actions) {
    fields.list("Actions", "member", List.of(actions));
    return this;
  }

  /** Deletes it; the default rule stays. */
  public void delete() {
    listener.remove(this);
  }

  /** Where it is among the rules that are asked in order. */
  int rank() {
    String priority = String.valueOf(fields.text("Priority"));
    return priority.matches("\\d{1,9}") ? Integer.parseInt(priority) : Integer.MAX_VALUE;
  }

  /** Its actions under another name. */
  void writeActions(Xml xml, String name) {
    fields.writeAs(xml, "Actions", name);
  }
}
