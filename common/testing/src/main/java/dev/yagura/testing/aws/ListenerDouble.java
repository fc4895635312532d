package dev.yagura.testing.aws;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A listener of a load balancer, with its rules. */
public final class ListenerDouble {
  private final ElbDouble elb;
  private final LoadBalancerDouble loadBalancer;
  private final String arn;
  private final Fields fields = new Fields();
  private final RuleDouble otherwise;
  private final List<RuleDouble> rules = new ArrayList<>();

  ListenerDouble(ElbDouble elb, LoadBalancerDouble loadBalancer, int port, String protocol) {
    this.elb = elb;
    this.loadBalancer = loadBalancer;
    arn = loadBalancer.arn().replace(":loadbalancer/", ":listener/") + "/" + elb.id();
    fields
        .set("ListenerArn", arn)
        .set("LoadBalancerArn", loadBalancer.arn())
        .set("Port", port)
        .set("Protocol", protocol);
    otherwise = new RuleDouble(this, "default");
    otherwise.actions(
        new Fields()
            .set("Type", "fixed-response")
            .set("Order", 1)
            .set("FixedResponseConfig.StatusCode", "404")
            .set("FixedResponseConfig.ContentType", "text/plain"));
  }

  /** Its ARN. */
  public String arn() {
    return arn;
  }

  /** What ELB says of it, to be changed. */
  public Fields fields() {
    return fields;
  }

  /** The rule of what no other rule matches. */
  public RuleDouble defaultRule() {
    return otherwise;
  }

  /** Adds a rule that forwards requests to these hosts; no host is any host. */
  public RuleDouble rule(int priority, String targetGroupArn, String... hosts) {
    synchronized (elb) {
      RuleDouble rule = new RuleDouble(this, Integer.toString(priority));
      if (hosts.length > 0) {
        rule.hosts(hosts);
      }
      rule.forward(targetGroupArn);
      rules.add(rule);
      return rule;
    }
  }

  ElbDouble elb() {
    return elb;
  }

  LoadBalancerDouble loadBalancer() {
    return loadBalancer;
  }

  void remove(RuleDouble rule) {
    synchronized (elb) {
      rules.remove(rule);
    }
  }

  /** By priority, the default rule last. */
  List<RuleDouble> rules() {
    List<RuleDouble> all = new ArrayList<>(rules);
    all.sort(Comparator.comparingInt(RuleDouble::rank));
    all.add(otherwise);
    return all;
  }

  void write(Xml xml) {
    fields.write(xml);
    otherwise.writeActions(xml, "DefaultActions");
  }
}
