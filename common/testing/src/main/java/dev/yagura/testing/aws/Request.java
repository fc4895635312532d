package dev.yagura.testing.aws;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request as it came, and what its signature says of it; the signature is not verified. */
record Request(
    String method,
    String address,
    String body,
    @Nullable String authorization,
    @Nullable String target,
    @Nullable String token,
    @Nullable String date) {
  private static final Pattern CREDENTIAL =
      Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/]+)/\\d{8}/([^/]+)/([^/]+)/aws4_request,.*");

  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Whose key signed it, for which region and service. */
  record Credential(String accessKeyId, String region, AwsService service) {}

  Credential credential() {
    Protocol guess = target == null ? Protocol.QUERY : Protocol.JSON_1_1;
    Matcher matcher = CREDENTIAL.matcher(authorization == null ? "" : authorization);
    if (!matcher.matches()) {
      throw guess.unsigned();
    }
    String service = matcher.group(3);
    return new Credential(
        matcher.group(1),
        matcher.group(2),
        AwsService.signedFor(service)
            .orElseThrow(
                () -> AwsError.badRequest("UnknownService", "No double of " + service + ".")));
  }

  /** When it was signed, by the clock of the caller. */
  Instant signed() {
    return date == null ? Instant.EPOCH : BASIC.parse(date, Instant::from);
  }

  /** What is called, as one says it. */
  Call call(Principal principal, Credential credential) {
    AwsService service = credential.service();
    Input input = input(service.protocol());
    String operation =
        switch (service.protocol()) {
          case QUERY, EC2 -> input.required("Action");
          case JSON_1_0, JSON_1_1 -> {
            String named = target == null ? "" : target;
            yield named.substring(named.indexOf('.') + 1);
          }
          case REST_XML -> CloudFrontPath.of(method, path()).operation();
        };
    return new Call(principal, credential.region(), service, operation, input, signed());
  }

  private Input input(Protocol protocol) {
    return switch (protocol) {
      case QUERY, EC2 -> Input.ofForm(body);
      case JSON_1_0, JSON_1_1 -> Input.ofJson(body);
      case REST_XML -> Input.ofForm(query()).with("Id", CloudFrontPath.of(method, path()).id());
    };
  }

  private String path() {
    int mark = address.indexOf('?');
    return mark < 0 ? address : address.substring(0, mark);
  }

  private String query() {
    int mark = address.indexOf('?');
    return mark < 0 ? "" : address.substring(mark + 1);
  }
}
