package dev.yagura.aurorapostgres.discovery;

import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How old the list is that targets come from, also where it was read before a reload. */
final class ListFamilies {
  private record Row(AwsPlace place, Instant at) {}

  private static final List<Family<Row>> LIST =
      Family.labelled(
          LabelSet.<Row>of("account", row -> row.place().account().name())
              .and("region", row -> row.place().region()),
          List.of(
              Family.gauge(
                  "aws_rds_list_timestamp_seconds",
                  "When the list of instances was read that targets come from, by this process and"
                      + " also before a reload, as a Unix time in seconds; absent until it was.",
                  row -> InventoryFamilies.seconds(row.at()))));

  private ListFamilies() {}

  static List<Family<?>> all() {
    return List.copyOf(LIST);
  }

  static Snapshot of(Map<AwsPlace, Instant> readAt) {
    return Snapshot.of(
        LIST,
        readAt.entrySet().stream().map(each -> new Row(each.getKey(), each.getValue())).toList());
  }
}
