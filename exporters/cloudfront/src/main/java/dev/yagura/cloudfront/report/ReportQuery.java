package dev.yagura.cloudfront.report;

import dev.yagura.cloudfront.count.Order;
import java.time.Instant;

/**
 * What is asked of a report.
 *
 * @param start of the window, on a full hour of UTC, included
 * @param end of the window, on a full hour of UTC, not included
 * @param top how many objects at most
 */
public record ReportQuery(String distribution, Instant start, Instant end, int top, Order order) {}
