package dev.yagura.testing.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** The distributions of an account. */
public final class CloudFrontDouble implements ServiceDouble {
  private static final int LARGEST_PAGE = 100;

  private final Scope scope;
  private final Map<String, DistributionDouble> distributions = new LinkedHashMap<>();

  CloudFrontDouble(Scope scope) {
    this.scope = scope;
  }

  /** Adds a distribution with no logs and the default certificate. */
  public synchronized DistributionDouble addDistribution(String id) {
    DistributionDouble distribution = new DistributionDouble(id, scope);
    distributions.put(id, distribution);
    return distribution;
  }

  /** Removes a distribution if it is there. */
  public synchronized void removeDistribution(String id) {
    distributions.remove(id);
  }

  @Override
  public synchronized Answer answer(Call call) {
    return switch (call.operation()) {
      case "ListDistributions" -> list(call);
      case "GetDistributionConfig" -> {
        DistributionDouble asked = asked(call);
        yield call.document("DistributionConfig", asked::writeConfig).with("ETag", asked.eTag());
      }
      case "GetMonitoringSubscription" -> subscription(call);
      case "ListTagsForResource" -> tags(call);
      default -> throw ServiceDouble.unknown(call);
    };
  }

  private Answer list(Call call) {
    String marker = call.input().text("Marker", "");
    int size = Math.min(call.input().number("MaxItems", LARGEST_PAGE), LARGEST_PAGE);
    Page<DistributionDouble> page = Page.of(new ArrayList<>(distributions.values()), marker, size);
    return call.document(
        "DistributionList",
        xml -> {
          xml.text("Marker", marker)
              .text("NextMarker", page.next())
              .text("MaxItems", size)
              .text("IsTruncated", page.next() != null)
              .text("Quantity", page.items().size());
          xml.list(
              "Items",
              "DistributionSummary",
              page.items(),
              (item, distribution) -> distribution.writeSummary(item));
        });
  }

  private DistributionDouble asked(Call call) {
    DistributionDouble distribution = distributions.get(call.input().required("Id"));
    if (distribution == null) {
      throw new AwsError(404, "NoSuchDistribution", "The specified distribution does not exist.");
    }
    return distribution;
  }

  private Answer subscription(Call call) {
    Boolean enabled = asked(call).subscription();
    if (enabled == null) {
      throw new AwsError(
          404, "NoSuchMonitoringSubscription", "There is no subscription for the distribution.");
    }
    return call.document(
        "MonitoringSubscription",
        xml ->
            xml.element(
                "RealtimeMetricsSubscriptionConfig",
                config ->
                    config.text(
                        "RealtimeMetricsSubscriptionStatus", enabled ? "Enabled" : "Disabled")));
  }

  private Answer tags(Call call) {
    String arn = call.input().required("Resource");
    DistributionDouble tagged =
        distributions.values().stream()
            .filter(each -> each.arn().equals(arn))
            .findAny()
            .orElseThrow(() -> new AwsError(404, "NoSuchResource", "No resource " + arn));
    return call.document(
        "Tags", xml -> xml.list("Items", "Tag", tagged.tags(), (item, tag) -> tag.write(item)));
  }
}
