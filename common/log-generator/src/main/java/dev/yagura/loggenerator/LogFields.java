package dev.yagura.loggenerator;

import java.util.ArrayList;
import java.util.List;

/** The columns that CloudFront knows, by their names in log files. */
public final class LogFields {
  /** Standard logs version 1, newest columns last. */
  public static final List<String> V1 =
      words(
          "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status"
              + " cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type"
              + " x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for"
              + " ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version"
              + " fle-status fle-encrypted-fields c-port time-to-first-byte"
              + " x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start"
              + " sc-range-end distribution-tenant-id connection-id");

  /** How many of {@link #V1} there have been, since 2011. */
  public static final List<Integer> V1_WIDTHS = List.of(12, 15, 18, 19, 23, 24, 26, 33, 35);

  /** Standard logs version 2: {@link #V1} and what only it can have. */
  public static final List<String> V2 =
      join(
          V1,
          words("timestamp(ms) origin-fbl origin-lbl asn c-country cache-behavior-path-pattern"));

  /** Real-time logs, in the order in which they are delivered. */
  public static final List<String> REAL_TIME =
      words(
          "timestamp c-ip time-to-first-byte sc-status sc-bytes cs-method cs-protocol cs-host"
              + " cs-uri-stem cs-bytes x-edge-location x-edge-request-id x-host-header time-taken"
              + " cs-protocol-version c-ip-version cs-user-agent cs-referer cs-cookie cs-uri-query"
              + " x-edge-response-result-type x-forwarded-for ssl-protocol ssl-cipher"
              + " x-edge-result-type fle-encrypted-fields fle-status sc-content-type"
              + " sc-content-len sc-range-start sc-range-end c-port x-edge-detailed-result-type"
              + " c-country cs-accept-encoding cs-accept cache-behavior-path-pattern cs-headers"
              + " cs-header-names cs-headers-count origin-fbl origin-lbl asn");

  private LogFields() {}

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }

  private static List<String> join(List<String> one, List<String> other) {
    List<String> both = new ArrayList<>(one);
    both.addAll(other);
    return List.copyOf(both);
  }
}
