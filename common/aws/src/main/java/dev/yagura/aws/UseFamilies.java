package dev.yagura.aws;

import dev.yagura.aws.budget.Budget;
import dev.yagura.aws.budget.Budget.Shed;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.client.ServerTime;
import dev.yagura.aws.meter.Meter.Use;
import dev.yagura.aws.meter.Outcome;
import dev.yagura.core.metrics.Distribution;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was asked of AWS and what it costs. */
final class UseFamilies {
  private record Requests(Use use, Outcome outcome, long count) {}

  private static final List<Family<Requests>> REQUESTS =
      List.of(
          Family.<Requests>counter(
                  "yagura_aws_requests_total",
                  "Requests that were sent to AWS, repetitions too, by outcome (ok, throttled,"
                      + " denied, error) since the process started.",
                  Requests::count)
              .labels(
                  LabelSet.<Requests>of("service", row -> row.use().service())
                      .and("operation", row -> row.use().operation())
                      .and("outcome", row -> row.outcome().label())));

  private static final List<Family<Use>> USES =
      Family.labelled(
          LabelSet.<Use>of("service", Use::service).and("operation", Use::operation),
          List.of(
              Family.summary(
                  "yagura_aws_call_duration_seconds",
                  "Time that calls of AWS took, each with its repetitions, in seconds.",
                  use -> Distribution.summary(use.calls(), use.seconds())),
              Family.counter(
                  "yagura_aws_estimated_cost_dollars_total",
                  "What the requests cost in US dollars, estimated from list prices without free"
                      + " tiers, since the process started.",
                  Use::dollars)));

  private static final List<Family<Budget>> BUDGET =
      List.of(
          Family.gauge(
              "yagura_aws_projected_cost_dollars",
              "What a month will cost in US dollars at present rates, estimated from list prices"
                  + " without free tiers.",
              Budget::projectedDollarsPerMonth),
          Family.gauge(
              "yagura_aws_budget_dollars",
              "What a month may cost in US dollars, as configured; absent without a bound.",
              UseFamilies::bound));

  private static final List<Family<ServerTime>> CLOCK =
      List.of(
          Family.gauge(
              "yagura_aws_clock_skew_seconds",
              "How much the clock of AWS is ahead of this machine's in seconds, by the header Date"
                  + " of its last answer; 0 within half a minute.",
              time -> time.ahead().toMillis() / 1000.0));

  private static final List<Family<Shed>> SHED =
      List.of(
          Family.<Shed>gauge(
                  "yagura_aws_shed_cost_dollars",
                  "What a query would cost a month in US dollars that is not asked, because the"
                      + " budget is used up.",
                  Shed::dollarsPerMonth)
              .labels(
                  LabelSet.<Shed>of("target", shed -> shed.claimant().target())
                      .and("scraper", shed -> shed.claimant().scraper())
                      .and("query", Shed::query)));

  private UseFamilies() {}

  private static @Nullable Number bound(Budget budget) {
    return budget.dollarsPerMonth().isPresent() ? budget.dollarsPerMonth().getAsDouble() : null;
  }

  static List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>();
    List.of(REQUESTS, USES, BUDGET, CLOCK, SHED).forEach(all::addAll);
    return all;
  }

  static Snapshot of(AwsUse aws, Budget budget) {
    List<Use> uses = aws.meter().uses();
    List<Requests> requests = new ArrayList<>();
    for (Use use : uses) {
      use.requests().forEach((outcome, count) -> requests.add(new Requests(use, outcome, count)));
    }
    return Snapshot.join(
        List.of(
            Snapshot.of(REQUESTS, requests),
            Snapshot.of(USES, uses),
            Snapshot.of(BUDGET, budget),
            Snapshot.of(CLOCK, aws.serverTime()),
            Snapshot.of(SHED, budget.shed())));
  }
}
