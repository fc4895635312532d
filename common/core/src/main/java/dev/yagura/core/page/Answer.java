package dev.yagura.core.page;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A whole answer; it is made before its first byte is sent, so that none is half of one.
 *
 * @param status of HTTP
 * @param contentType with its charset
 * @param headers others, such as {@code Content-Disposition}
 * @param body in UTF-8 when it is sent
 */
public record Answer(int status, String contentType, Map<String, String> headers, String body) {

  public Answer {
    headers = Map.copyOf(headers);
  }

  /** Plain text. */
  public static Answer text(int status, String body) {
    return new Answer(status, "text/plain; charset=utf-8", Map.of(), body);
  }

  /** A page of {@link Html}: whatever gets into it, the browser runs and fetches nothing. */
  public static Answer html(int status, String body) {
    return new Answer(
        status,
        "text/html; charset=utf-8",
        Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self';"
                + " base-uri 'none'"),
        body);
  }

  /** The same with one header more. */
  public Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, contentType, more, body);
  }

  /** The body as it is sent. */
  public byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
