package dev.yagura.testing.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An application load balancer. */
public final class LoadBalancerDouble {
  private final ElbDouble elb;
  private final String name;
  private final String arn;
  private final Fields fields = new Fields();
  private final Map<Integer, ListenerDouble> listeners = new LinkedHashMap<>();

  LoadBalancerDouble(ElbDouble elb, String name) {
    this.elb = elb;
    this.name = name;
    String path = "app/" + name + "/" + elb.id();
    String region = elb.scope().region();
    arn = elb.scope().arn("elasticloadbalancing", "loadbalancer/" + path);
    fields
        .set("LoadBalancerArn", arn)
        .set("LoadBalancerName", name)
        .set("DNSName", name + "-1234567890." + region + ".elb.amazonaws.com")
        .set("CanonicalHostedZoneId", "Z215JYRZR1TBD5")
        .set("CreatedTime", elb.scope().clock().instant())
        .set("Scheme", "internet-facing")
        .set("VpcId", "vpc-0a1b2c3d")
        .set("State.Code", "active")
        .set("Type", "application")
        .set("IpAddressType", "ipv4")
        .list(
            "AvailabilityZones",
            "member",
            List.of(new Fields().set("ZoneName", region + "a").set("SubnetId", "subnet-0a1b2c3d")));
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its ARN. */
  public String arn() {
    return arn;
  }

  /** What ELB says of it, to be changed. */
  public Fields fields() {
    return fields;
  }

  /** The listener on a port, made if there is none; it answers 404 to what no rule forwards. */
  public ListenerDouble listener(int port, String protocol) {
    synchronized (elb) {
      return listeners.computeIfAbsent(port, made -> new ListenerDouble(elb, this, made, protocol));
    }
  }

  /** Removes the listener on a port. */
  public void removeListener(int port) {
    synchronized (elb) {
      listeners.remove(port);
    }
  }

  /** Deletes it with its listeners. */
  public void delete() {
    elb.remove(this);
  }

  List<ListenerDouble> listeners() {
    return new ArrayList<>(listeners.values());
  }
}
