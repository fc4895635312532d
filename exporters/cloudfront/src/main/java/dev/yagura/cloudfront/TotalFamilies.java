package dev.yagura.cloudfront;

import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.LatencyBuckets;
import dev.yagura.cloudfront.store.DistributionView;
import dev.yagura.cloudfront.store.Histogram;
import dev.yagura.cloudfront.store.View;
import dev.yagura.core.metrics.Distribution;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all requests of a distribution add up to; always exact. */
final class TotalFamilies {
  private static final double[] LATENCY = LatencyBuckets.upperBounds();

  /** One distribution. */
  private record Row(String distribution, DistributionView view) {
    @Nullable Long get(Column column) {
      return view.knows(column) ? view.totals().get(column) : null;
    }
  }

  private static final List<Family<Row>> TOTALS =
      Family.labelled(
          LabelSet.of("distribution", Row::distribution),
          List.of(
              total("cloudfront_requests_total", "Requests, one a log line.", Column.REQUESTS),
              total(
                  "cloudfront_hits_total",
                  "Requests whose x-edge-response-result-type is Hit; RefreshHit is not.",
                  Column.HITS),
              total(
                  "cloudfront_misses_total",
                  "Requests whose x-edge-response-result-type is Miss.",
                  Column.MISSES),
              total(
                  "cloudfront_bytes_total",
                  "Sum of sc-bytes, headers included, in bytes.",
                  Column.BYTES),
              total(
                  "cloudfront_bytes_from_misses_total",
                  "Sum of sc-bytes of requests whose x-edge-result-type is Miss, in bytes.",
                  Column.BYTES_FROM_MISSES),
              total(
                  "cloudfront_incomplete_downloads_total",
                  "Requests with sc-status 200 whose x-edge-result-type is Error.",
                  Column.INCOMPLETE_DOWNLOADS)));

  private static final List<Family<CodeClass>> RESPONSES =
      List.of(
          Family.<CodeClass>counter(
                  "cloudfront_responses_total",
                  "Requests by the class of their sc-status; those without one are in none.",
                  CodeClass::count)
              .labels(
                  LabelSet.<CodeClass>of("distribution", CodeClass::distribution)
                      .and("code_class", CodeClass::codeClass)));

  private static final List<Family<Named<Long>>> RESULTS =
      List.of(
          byResult(
              "cloudfront_results_total",
              "Requests by x-edge-result-type; undocumented types beyond the first 32 are other."));

  private static final List<Family<Named<Long>>> RESPONSE_RESULTS =
      List.of(
          byResult(
              "cloudfront_response_results_total",
              "Requests by x-edge-response-result-type; undocumented types beyond the first 32 are"
                  + " other."));

  private static final List<Family<Named<Histogram>>> TIME_TAKEN =
      List.of(
          latency(
              "cloudfront_time_taken_seconds",
              "Requests by time-taken, for each x-edge-result-type: from the request at the edge"
                  + " until the last byte of the answer, in seconds."));

  private static final List<Family<Named<Histogram>>> FIRST_BYTE =
      List.of(
          latency(
              "cloudfront_time_to_first_byte_seconds",
              "Requests by time-to-first-byte, for each x-edge-result-type, in seconds."));

  private TotalFamilies() {}

  private static Family<Row> total(String name, String help, Column column) {
    return Family.counter(name, help, row -> row.get(column));
  }

  private static Family<Named<Long>> byResult(String name, String help) {
    return Family.<Named<Long>>counter(name, help, Named::value)
        .labels(Named.labels("result_type"));
  }

  private static Family<Named<Histogram>> latency(String name, String help) {
    return Family.<Named<Histogram>>histogram(name, help, row -> distribution(LATENCY, row.value()))
        .labels(Named.labels("result_type"));
  }

  /** Buckets that hold what is at or below their bound, as they are exposed. */
  static Distribution distribution(double[] bounds, Histogram histogram) {
    long[] cumulative = new long[bounds.length];
    long count = 0;
    for (int bucket = 0; bucket < histogram.buckets().size(); bucket++) {
      count += histogram.buckets().get(bucket);
      if (bucket < bounds.length) {
        cumulative[bucket] = count;
      }
    }
    return Distribution.histogram(bounds, cumulative, count, histogram.sum());
  }

  static List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>();
    List.of(TOTALS, RESPONSES, RESULTS, RESPONSE_RESULTS, TIME_TAKEN, FIRST_BYTE)
        .forEach(all::addAll);
    return all;
  }

  static Snapshot of(View view) {
    List<Row> totals = new ArrayList<>();
    List<CodeClass> responses = new ArrayList<>();
    view.distributions()
        .forEach(
            (name, one) -> {
              totals.add(new Row(name, one));
              CodeClass.of(name, "", one.totals()).forEach(responses::add);
            });
    return Snapshot.join(
        List.of(
            Snapshot.of(TOTALS, totals),
            Snapshot.of(RESPONSES, responses),
            Snapshot.of(RESULTS, Named.rows(view, DistributionView::results)),
            Snapshot.of(RESPONSE_RESULTS, Named.rows(view, DistributionView::responseResults)),
            Snapshot.of(TIME_TAKEN, Named.rows(view, DistributionView::timeTaken)),
            Snapshot.of(FIRST_BYTE, Named.rows(view, DistributionView::firstByte))));
  }
}
