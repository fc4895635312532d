package dev.yagura.testing.aws;

import java.time.Instant;

/**
 * A request that came, whatever became of it.
 *
 * @param account the twelve digits of the account whose credentials signed it
 * @param region for which it was signed; global services are signed for {@code us-east-1}
 * @param service as permissions name it: {@code cloudwatch}, {@code rds}
 * @param at by the double's clock
 * @param queries how many MetricDataQueries it had, 0 if it is no GetMetricData
 * @param billedMetrics how many metrics CloudWatch bills for it: up to five statistics of a metric
 *     are one
 * @param cluster that a call of ECS is about, as it names it; empty for others
 */
public record AwsCall(
    String account,
    String region,
    String service,
    String operation,
    Instant at,
    int queries,
    int billedMetrics,
    String cluster) {}
