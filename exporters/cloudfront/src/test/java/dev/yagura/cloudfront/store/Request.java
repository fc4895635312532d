package dev.yagura.cloudfront.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** One line of a log. */
record Request(
    String object, Instant time, int status, long bytes, String result, String response) {
  private static final String HEADER =
      "#Version: 1.0\n#Fields: date time cs-uri-stem sc-status sc-bytes x-edge-result-type"
          + " x-edge-response-result-type time-taken time-to-first-byte\n";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd\tHH:mm:ss").withZone(ZoneOffset.UTC);

  /** A hit of 100 bytes. */
  static Request hit(String object, Instant time) {
    return new Request(object, time, 200, 100, "Hit", "Hit");
  }

  /** What an object's columns say of it, in their order; written without the code under test. */
  long[] columns() {
    return new long[] {
      1,
      response.equals("Hit") ? 1 : 0,
      response.equals("Miss") ? 1 : 0,
      result.equals("Miss") ? bytes : 0,
      bytes,
      status == 200 && result.equals("Error") ? 1 : 0,
      status / 100 == 2 ? 1 : 0,
      status / 100 == 3 ? 1 : 0,
      status / 100 == 4 ? 1 : 0,
      status / 100 == 5 ? 1 : 0
    };
  }

  /** A file of them; a character stands for the byte of its number. */
  static byte[] file(List<Request> requests) {
    var text = new StringBuilder(HEADER);
    for (Request request : requests) {
      text.append(TIME.format(request.time))
          .append('\t')
          .append(request.object)
          .append('\t')
          .append(request.status == 0 ? "000" : request.status)
          .append('\t')
          .append(request.bytes)
          .append('\t')
          .append(request.result)
          .append('\t')
          .append(request.response)
          .append("\t0.020\t0.004\n");
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
