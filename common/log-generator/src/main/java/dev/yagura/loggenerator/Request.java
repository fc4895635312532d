package dev.yagura.loggenerator;

import java.time.Instant;
import java.util.Locale;

/**
 * One request to CloudFront; texts are percent-encoded as in log files.
 *
 * @param time in milliseconds since 1970
 * @param query without question mark, or {@code -}
 * @param bytes sent to the viewer, headers included
 * @param taken in milliseconds
 * @param firstByte in milliseconds
 */
record Request(
    long time,
    String edge,
    Visitor visitor,
    String method,
    String host,
    WebObject object,
    String query,
    String referer,
    Outcome outcome,
    String id,
    long bytes,
    int bytesIn,
    int taken,
    int firstByte,
    int port) {

  /** The value of a column, as in a log file; {@code -} where there is nothing to say. */
  String value(String field) {
    return switch (field) {
      case "date" -> Instant.ofEpochMilli(time).toString().substring(0, 10);
      case "time" -> Instant.ofEpochMilli(time).toString().substring(11, 19);
      case "timestamp(ms)" -> Long.toString(time);
      case "timestamp" -> time / 1000 + "." + threeDigits(time % 1000);
      case "x-edge-location" -> edge;
      case "sc-bytes" -> Long.toString(bytes);
      case "c-ip" -> visitor.address();
      case "c-ip-version" -> visitor.address().contains(":") ? "IPv6" : "IPv4";
      case "cs-method" -> method;
      // The two change places in real-time logs.
      case "cs(Host)", "x-host-header-swapped" -> "d111111abcdef8.cloudfront.net";
      case "x-host-header", "cs-host" -> host;
      case "cs-uri-stem" -> object.path();
      case "stem-with-query" -> object.path() + (query.equals("-") ? "" : "?" + query);
      case "sc-status" -> threeDigits(outcome.status());
      case "cs(Referer)", "cs-referer" -> referer;
      case "cs(User-Agent)", "cs-user-agent" -> visitor.agent();
      case "cs-uri-query" -> query;
      case "cs(Cookie)", "cs-cookie" -> visitor.cookie();
      case "x-edge-result-type" -> outcome.result();
      case "x-edge-response-result-type" -> outcome.response();
      case "x-edge-detailed-result-type" -> outcome.detailed();
      case "x-edge-request-id" -> id;
      case "cs-protocol" -> "https";
      case "cs-bytes" -> Integer.toString(bytesIn);
      case "time-taken" -> seconds(taken);
      case "time-to-first-byte", "origin-fbl" -> seconds(firstByte);
      case "origin-lbl" -> seconds(taken);
      case "x-forwarded-for" -> visitor.forwardedFor();
      case "ssl-protocol" -> visitor.modern() ? "TLSv1.3" : "TLSv1.2";
      case "ssl-cipher" ->
          visitor.modern() ? "TLS_AES_128_GCM_SHA256" : "ECDHE-RSA-AES128-GCM-SHA256";
      case "cs-protocol-version" -> visitor.modern() ? "HTTP/2.0" : "HTTP/1.1";
      case "c-port" -> Integer.toString(port);
      case "sc-content-type" -> outcome.size() == 0 ? "-" : object.contentType();
      case "sc-content-len" -> outcome.size() == 0 ? "-" : Long.toString(object.bytes());
      case "sc-range-start" -> outcome.status() == 206 ? "0" : "-";
      case "sc-range-end" -> outcome.status() == 206 ? Long.toString(bytes) : "-";
      case "c-country" -> visitor.country();
      case "cache-behavior-path-pattern" -> "*";
      case "asn" -> "64496";
      case "cs-accept-encoding" -> "gzip,%20br";
      case "cs-accept" -> "*/*";
      case "cs-header-names" -> "host%0Auser-agent";
      case "cs-headers-count" -> "2";
      default -> "-";
    };
  }

  private static String threeDigits(long number) {
    return number >= 100 ? Long.toString(number) : String.format(Locale.ROOT, "%03d", number);
  }

  private static String seconds(int milliseconds) {
    return milliseconds / 1000 + "." + threeDigits(milliseconds % 1000);
  }
}
