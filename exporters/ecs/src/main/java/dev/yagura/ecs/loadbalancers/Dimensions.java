package dev.yagura.ecs.loadbalancers;

/** What CloudWatch's dimensions make of ARNs, so that one joins with its metrics. */
public final class Dimensions {
  private static final String LOAD_BALANCER = "loadbalancer/";

  private Dimensions() {}

  /** {@code app/name/id} of {@code arn:...:loadbalancer/app/name/id}. */
  public static String loadBalancer(String arn) {
    String resource = resource(arn);
    return resource.startsWith(LOAD_BALANCER)
        ? resource.substring(LOAD_BALANCER.length())
        : resource;
  }

  /** {@code targetgroup/name/id} of {@code arn:...:targetgroup/name/id}. */
  public static String targetGroup(String arn) {
    return resource(arn);
  }

  /** What stands behind the last colon. */
  public static String resource(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }
}
