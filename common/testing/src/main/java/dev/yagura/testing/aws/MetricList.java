package dev.yagura.testing.aws;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers ListMetrics. */
final class MetricList {
  private static final Duration LISTED = Duration.ofDays(14);
  private static final Duration RECENT = Duration.ofHours(3);

  private MetricList() {}

  static Answer of(Call call, Map<SeriesKey, Series> all, long now, int pageSize) {
    Input input = call.input();
    Duration since = input.has("RecentlyActive") ? RECENT : LISTED;
    if (input.has("RecentlyActive") && !"PT3H".equals(input.text("RecentlyActive"))) {
      throw AwsError.badRequest("ValidationError", "RecentlyActive can only be PT3H.");
    }
    List<SeriesKey> found = new ArrayList<>();
    all.forEach(
        (key, series) -> {
          if (asked(input, key) && series.hasVisibleSince(now - since.toSeconds(), now)) {
            found.add(key);
          }
        });
    Page<SeriesKey> page = Page.of(found, input.text("NextToken"), pageSize);
    return call.result(
        xml ->
            xml.list("Metrics", "member", page.items(), MetricList::write)
                .text("NextToken", page.next()));
  }

  private static boolean asked(Input input, SeriesKey key) {
    return key.namespace().equals(input.text("Namespace", key.namespace()))
        && key.metric().equals(input.text("MetricName", key.metric()))
        && input.structures("Dimensions").stream()
            .allMatch(filter -> asked(filter, key.dimensions()));
  }

  private static boolean asked(Input filter, Map<String, String> dimensions) {
    String value = dimensions.get(filter.required("Name"));
    return value != null && value.equals(filter.text("Value", value));
  }

  private static void write(Xml xml, SeriesKey key) {
    xml.text("Namespace", key.namespace());
    xml.text("MetricName", key.metric());
    xml.list(
        "Dimensions",
        "member",
        key.dimensions().entrySet(),
        (member, each) -> member.text("Name", each.getKey()).text("Value", each.getValue()));
  }
}
