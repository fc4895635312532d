package dev.yagura.testing.aws;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which operation of CloudFront a path stands for, and the id in it; empty if there is none. */
record CloudFrontPath(String operation, String id) {
  private record Route(String operation, Pattern path) {
    static Route get(String operation, String path) {
      return new Route(operation, Pattern.compile("/2020-05-31/" + path));
    }
  }

  private static final List<Route> ROUTES =
      List.of(
          Route.get("ListDistributions", "distribution()"),
          Route.get("GetDistributionConfig", "distribution/([^/]+)/config"),
          Route.get("GetMonitoringSubscription", "distributions/([^/]+)/monitoring-subscription/?"),
          Route.get("ListTagsForResource", "tagging()"));

  static CloudFrontPath of(String method, String path) {
    for (Route route : ROUTES) {
      Matcher matcher = route.path().matcher(path);
      if (method.equals("GET") && matcher.matches()) {
        return new CloudFrontPath(route.operation(), matcher.group(1));
      }
    }
    return new CloudFrontPath(method + " " + path, "");
  }
}
