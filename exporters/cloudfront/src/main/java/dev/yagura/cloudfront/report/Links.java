package dev.yagura.cloudfront.report;

import dev.yagura.cloudfront.count.Order;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Addresses of the same report with one thing changed, relative to the page, escaped for HTML. */
final class Links {
  private final ReportQuery query;
  private final Optional<Asked.Window> window;

  Links(ReportQuery query, Optional<Asked.Window> window) {
    this.query = query;
    this.window = window;
  }

  /** The page, in another order. */
  String order(Order order) {
    return page(span(), order);
  }

  /** The page, for a window that ends now. */
  String window(Asked.Window other) {
    return page("&window=" + other.label(), query.order());
  }

  /** The page, for another window. */
  String between(Instant start, Instant end) {
    return page(span(start, end), query.order());
  }

  /** The same rows as a file: its window does not move on with the clock. */
  String file(String extension) {
    return "popular-objects."
        + extension
        + parameters(query.distribution(), span(query.start(), query.end()), query.order());
  }

  /** The page of a distribution, with everything else as by default. */
  static String distribution(String distribution) {
    return "?distribution=" + encoded(distribution);
  }

  private String page(String span, Order order) {
    return parameters(query.distribution(), span, order);
  }

  private String parameters(String distribution, String span, Order order) {
    String all =
        distribution(distribution) + span + "&order=" + order.label() + "&top=" + query.top();
    return all.replace("&", "&amp;");
  }

  private String span() {
    return window
        .map(preset -> "&window=" + preset.label())
        .orElseGet(() -> span(query.start(), query.end()));
  }

  private static String span(Instant start, Instant end) {
    return "&start=" + encoded(Times.iso(start)) + "&end=" + encoded(Times.iso(end));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
