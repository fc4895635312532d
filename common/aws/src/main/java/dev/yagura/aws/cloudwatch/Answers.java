package dev.yagura.aws.cloudwatch;

import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** Makes a call with all of its pages, and hands each unit what was answered in whole. */
final class Answers {
  private static final String ACTION = "cloudwatch:GetMetricData";
  private static final int MOST_PAGES = 50;

  private final CloudWatchClient client;
  private final String namespace;
  private final long period;

  Answers(CloudWatchClient client, String namespace, long period) {
    this.client = client;
    this.namespace = namespace;
    this.period = period;
  }

  /**
   * Asks; units whose answer is not whole keep what they had.
   *
   * @param horizon before which a period changes no more
   * @return what CloudWatch could not answer, while it did answer the rest; that is taken
   * @throws ScrapeException if the call failed
   */
  Optional<ScrapeException> ask(Requests.Call call, long horizon, Deadline deadline)
      throws ScrapeException, InterruptedException {
    Map<String, StatusCode> statuses = new HashMap<>();
    Map<String, List<MetricDataResult>> results = read(call, statuses, deadline);
    Map<StatusCode, Integer> lacking = new HashMap<>();
    int query = 0;
    for (Unit unit : call.units()) {
      StatusCode worst = StatusCode.COMPLETE;
      for (int i = 0; i < unit.specs().size(); i++) {
        StatusCode status =
            statuses.getOrDefault("q" + (query + i), StatusCode.UNKNOWN_TO_SDK_VERSION);
        worst = status == StatusCode.COMPLETE ? worst : status;
      }
      if (worst == StatusCode.COMPLETE) {
        for (int i = 0; i < unit.specs().size(); i++) {
          put(unit, i, results.getOrDefault("q" + (query + i), List.of()), call.end());
        }
        unit.askedUntil(call.end(), horizon);
      } else {
        lacking.merge(worst, 1, Integer::sum);
      }
      query += unit.specs().size();
    }
    return lacking.isEmpty()
        ? Optional.empty()
        : Optional.of(incomplete(lacking, call.units().size()));
  }

  private Map<String, List<MetricDataResult>> read(
      Requests.Call call, Map<String, StatusCode> statuses, Deadline deadline)
      throws ScrapeException, InterruptedException {
    Map<String, List<MetricDataResult>> results = new HashMap<>();
    GetMetricDataRequest request = call.request(namespace, period);
    for (int page = 0; page < MOST_PAGES; page++) {
      if (deadline.hasPassed()) {
        throw new ScrapeException(
            FailureReason.TIMEOUT, "no time was left to ask for " + namespace);
      }
      GetMetricDataRequest asked = request;
      GetMetricDataResponse answer = AwsPlace.call(ACTION, () -> client.getMetricData(asked));
      for (MetricDataResult result : answer.metricDataResults()) {
        results.computeIfAbsent(result.id(), id -> new ArrayList<>()).add(result);
        statuses.put(result.id(), result.statusCode()); // The last page's word holds.
      }
      String token = answer.nextToken();
      if (token == null || token.isEmpty()) {
        return results;
      }
      request = request.toBuilder().nextToken(token).build();
    }
    throw new ScrapeException(FailureReason.INVALID, namespace + " has no end of pages");
  }

  private void put(Unit unit, int spec, List<MetricDataResult> results, long end) {
    for (MetricDataResult result : results) {
      int points = Math.min(result.timestamps().size(), result.values().size());
      for (int i = 0; i < points; i++) {
        long start = result.timestamps().get(i).getEpochSecond();
        if (start + period <= end) {
          unit.put(spec, start, result.values().get(i), period);
        }
      }
    }
  }

  private ScrapeException incomplete(Map<StatusCode, Integer> lacking, int of) {
    boolean forbidden = lacking.containsKey(StatusCode.FORBIDDEN);
    return new ScrapeException(
        forbidden ? FailureReason.DENIED : FailureReason.UNREACHABLE,
        "CloudWatch did not answer for all metrics of "
            + namespace
            + ": "
            + lacking
            + " of "
            + of
            + (forbidden ? ", its policy must allow " + ACTION : ""));
  }
}
