package dev.yagura.testing.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A target group of load balancers. */
public final class TargetGroupDouble {
  private record Target(String id, int port) {}

  private final ElbDouble elb;
  private final String name;
  private final String arn;
  private final Fields fields = new Fields();
  private final Map<Target, Fields> targets = new LinkedHashMap<>();

  TargetGroupDouble(ElbDouble elb, String name) {
    this.elb = elb;
    this.name = name;
    arn = elb.scope().arn("elasticloadbalancing", "targetgroup/" + name + "/" + elb.id());
    fields
        .set("TargetGroupArn", arn)
        .set("TargetGroupName", name)
        .set("Protocol", "HTTP")
        .set("ProtocolVersion", "HTTP1")
        .set("Port", 80)
        .set("VpcId", "vpc-0a1b2c3d")
        .set("TargetType", "ip")
        .set("IpAddressType", "ipv4")
        .set("HealthCheckEnabled", true)
        .set("HealthCheckProtocol", "HTTP")
        .set("HealthCheckPort", "traffic-port")
        .set("HealthCheckPath", "/")
        .set("HealthCheckIntervalSeconds", 30)
        .set("HealthCheckTimeoutSeconds", 5)
        .set("HealthyThresholdCount", 5)
        .set("UnhealthyThresholdCount", 2)
        .set("Matcher.HttpCode", "200");
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its ARN. */
  public String arn() {
    return arn;
  }

  /** What ELB says of it, to be changed; who uses it follows from the rules unless it is set. */
  public Fields fields() {
    return fields;
  }

  /**
   * Registers a target, or says something else of it.
   *
   * @param id an address or an instance
   * @param state such as healthy, unhealthy, initial, draining or unused
   * @param reason such as Target.FailedHealthChecks, null for none
   */
  public TargetGroupDouble target(String id, int port, String state, @Nullable String reason) {
    synchronized (elb) {
      targets.put(
          new Target(id, port),
          new Fields()
              .set("Target.Id", id)
              .set("Target.Port", port)
              .set("Target.AvailabilityZone", elb.scope().region() + "a")
              .set("HealthCheckPort", port)
              .set("TargetHealth.State", state)
              .set("TargetHealth.Reason", reason)
              .set("TargetHealth.Description", reason == null ? null : "Because of " + reason));
    }
    return this;
  }

  /** Deregisters a target on all ports. */
  public TargetGroupDouble remove(String id) {
    synchronized (elb) {
      targets.keySet().removeIf(target -> target.id().equals(id));
    }
    return this;
  }

  /** Deletes it. */
  public void delete() {
    elb.remove(this);
  }

  List<Fields> targets() {
    return new ArrayList<>(targets.values());
  }

  void write(Xml xml, List<String> loadBalancers) {
    fields.write(xml);
    if (!fields.has("LoadBalancerArns")) {
      xml.list("LoadBalancerArns", "member", loadBalancers, Xml::characters);
    }
  }
}
