package dev.yagura.cloudfront;

import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.store.DistributionView;
import dev.yagura.cloudfront.store.View;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The popular objects. Each request grows one series of a family: its object's, or that of {@code
 * other} if the object is not shown when the log is counted.
 */
final class ObjectFamilies {
  private static final String OTHER = "other";
  private static final String SINCE =
      ", since it is tracked; other is what no object has that is shown.";

  /** One object of a distribution. */
  private record Row(String distribution, String object, Counts counts, DistributionView view) {
    @Nullable Long get(Column column) {
      return view.knows(column) ? counts.get(column) : null;
    }
  }

  private static final List<Family<Row>> OBJECTS =
      Family.labelled(
          LabelSet.<Row>of("distribution", Row::distribution).and("object", Row::object),
          List.of(
              column(
                  "cloudfront_object_requests_total",
                  "Requests for a popular object" + SINCE,
                  Column.REQUESTS),
              column(
                  "cloudfront_object_hits_total",
                  "Requests whose x-edge-response-result-type is Hit, for a popular object" + SINCE,
                  Column.HITS),
              column(
                  "cloudfront_object_misses_total",
                  "Requests whose x-edge-response-result-type is Miss, for a popular object"
                      + SINCE,
                  Column.MISSES),
              column(
                  "cloudfront_object_bytes_total",
                  "Sum of sc-bytes in bytes, of a popular object" + SINCE,
                  Column.BYTES),
              column(
                  "cloudfront_object_bytes_from_misses_total",
                  "Sum of sc-bytes in bytes where x-edge-result-type is Miss, of a popular object"
                      + SINCE,
                  Column.BYTES_FROM_MISSES),
              column(
                  "cloudfront_object_incomplete_downloads_total",
                  "Requests with sc-status 200 whose x-edge-result-type is Error, for a popular"
                      + " object"
                      + SINCE,
                  Column.INCOMPLETE_DOWNLOADS)));

  private static final List<Family<CodeClass>> RESPONSES =
      List.of(
          Family.<CodeClass>counter(
                  "cloudfront_object_responses_total",
                  "Requests by the class of their sc-status, for a popular object" + SINCE,
                  CodeClass::count)
              .labels(
                  LabelSet.<CodeClass>of("distribution", CodeClass::distribution)
                      .and("object", CodeClass::object)
                      .and("code_class", CodeClass::codeClass)));

  private static final List<Family<Named<Double>>> BOUNDS =
      List.of(
          Family.<Named<Double>>gauge(
                  "cloudfront_object_error_bound",
                  "How much of what a ranking counts (requests, bytes) an object that is not"
                      + " tracked may have at most, older requests weighing less by the half-life"
                      + " of the rankings; 0 while all objects are tracked.",
                  Named::value)
              .labels(Named.labels("ranking")));

  private static final List<Family<Named<Integer>>> TRACKED =
      List.of(
          Family.<Named<Integer>>gauge(
                  "cloudfront_objects_tracked",
                  "Objects that are counted one by one, whether they are shown or not.",
                  Named::value)
              .labels(LabelSet.of("distribution", Named::distribution)));

  private ObjectFamilies() {}

  private static Family<Row> column(String name, String help, Column column) {
    return Family.counter(name, help, row -> row.get(column));
  }

  static List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>();
    List.of(OBJECTS, RESPONSES, BOUNDS, TRACKED).forEach(all::addAll);
    return all;
  }

  static Snapshot of(View view) {
    List<Row> objects = new ArrayList<>();
    List<Named<Double>> bounds = new ArrayList<>();
    List<Named<Integer>> tracked = new ArrayList<>();
    view.distributions()
        .forEach(
            (name, one) -> {
              one.members()
                  .forEach((object, counts) -> objects.add(new Row(name, object, counts, one)));
              objects.add(new Row(name, OTHER, one.other(), one));
              one.bounds()
                  .forEach((order, bound) -> bounds.add(new Named<>(name, order.label(), bound)));
              tracked.add(new Named<>(name, "", one.trackedObjects()));
            });
    List<CodeClass> responses = new ArrayList<>();
    objects.forEach(
        row ->
            CodeClass.of(row.distribution(), row.object(), row.counts()).forEach(responses::add));
    return Snapshot.join(
        List.of(
            Snapshot.of(OBJECTS, objects),
            Snapshot.of(RESPONSES, responses),
            Snapshot.of(BOUNDS, bounds),
            Snapshot.of(TRACKED, tracked)));
  }
}
