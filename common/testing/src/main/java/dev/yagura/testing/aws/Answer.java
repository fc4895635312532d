package dev.yagura.testing.aws;

import com.github.tomakehurst.wiremock.common.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What goes back to the caller; {@code cut} if the connection ends in the middle of the body. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Answer(int status, Map<String, String> headers, byte[] body, boolean cut) {

  static Answer xml(int status, Xml xml) {
    return of(status, "text/xml", xml.toString());
  }

  static Answer json(int status, String contentType, Map<String, ?> body) {
    return of(status, contentType, Json.write(body));
  }

  private static Answer of(int status, String contentType, String body) {
    return new Answer(
        status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8), false);
  }

  /** The same with one header more. */
  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body, cut);
  }

  /** The same, broken off half way. */
  Answer cutShort() {
    return new Answer(status, headers, body, true);
  }
}
