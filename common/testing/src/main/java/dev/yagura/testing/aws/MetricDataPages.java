package dev.yagura.testing.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Cuts the results of a GetMetricData into pages, and writes one. */
final class MetricDataPages {
  /** All that a query found, and what to say of it. */
  record Found(MetricQuery query, Points points, StatusCode status) {}

  private record Part(Found found, int from, int to) {
    String status() {
      return to < found.points().size()
          ? StatusCode.PARTIAL_DATA.written()
          : found.status().written();
    }
  }

  private final Map<Long, String> written = new HashMap<>();
  private final List<Part> parts = new ArrayList<>();
  private @Nullable String next;

  /** The page that begins where the token says, with at most this many points. */
  MetricDataPages(
      List<MetricQuery> queries,
      Function<MetricQuery, Found> find,
      Page.Token from,
      int mostPoints) {
    int left = mostPoints;
    int begin = from.second();
    for (int index = from.first(); index < queries.size(); index++) {
      Found found = find.apply(queries.get(index));
      int points = found.points().size() - begin;
      if (left == 0 && points > 0) {
        next = from.next(index, begin);
        return;
      }
      int taken = Math.min(left, points);
      parts.add(new Part(found, begin, begin + taken));
      left -= taken;
      if (taken < points) {
        next = from.next(index, begin + taken);
        return;
      }
      begin = 0;
    }
  }

  void write(Xml result) {
    result.list("MetricDataResults", "member", parts, this::write);
    result.text("NextToken", next);
    result.element("Messages", none -> {});
  }

  private void write(Xml xml, Part part) {
    xml.text("Id", part.found().query().id());
    xml.text("Label", part.found().query().label());
    Points points = part.found().points();
    xml.element(
        "Timestamps",
        list -> {
          for (int i = part.from(); i < part.to(); i++) {
            list.text("member", time(points.second(i)));
          }
        });
    xml.element(
        "Values",
        list -> {
          for (int i = part.from(); i < part.to(); i++) {
            list.text("member", points.value(i));
          }
        });
    xml.text("StatusCode", part.status());
  }

  private String time(long second) {
    return written.computeIfAbsent(second, at -> Instant.ofEpochSecond(at).toString());
  }
}
