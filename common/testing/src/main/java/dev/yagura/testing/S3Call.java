package dev.yagura.testing;

import com.sun.net.httpserver.HttpExchange;
import dev.yagura.testing.S3Buckets.Stored;
import dev.yagura.testing.S3Stub.Answer;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;

/** One request to {@link S3Stub}, understood. */
record S3Call(
    String method,
    String bucket,
    String key,
    Map<String, String> query,
    Map<String, String> headers) {
  private static final int MAX_KEYS = 1000;

  static S3Call of(HttpExchange exchange) {
    String path = exchange.getRequestURI().getRawPath().substring(1);
    int slash = path.indexOf('/');
    Map<String, String> query = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String part : raw == null ? new String[0] : raw.split("&", -1)) {
      int equals = part.indexOf('=');
      query.put(
          decode(equals < 0 ? part : part.substring(0, equals)),
          equals < 0 ? "" : decode(part.substring(equals + 1)));
    }
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    return new S3Call(
        exchange.getRequestMethod(),
        decodePath(slash < 0 ? path : path.substring(0, slash)),
        slash < 0 ? "" : decodePath(path.substring(slash + 1)),
        query,
        headers);
  }

  S3Stub.Request request() {
    return isList()
        ? new S3Stub.Request("LIST", bucket, query.getOrDefault("prefix", ""))
        : new S3Stub.Request(method, bucket, key);
  }

  Answer answer(S3Buckets buckets, byte[] sent) {
    if (method.equals("PUT")) {
      if (headers.getOrDefault("X-amz-content-sha256", "").startsWith("STREAMING")) {
        return error(501, "NotImplemented");
      }
      return object(200, buckets.put(bucket, key, sent, Instant.now()), new byte[0]);
    }
    if (!buckets.has(bucket)) {
      return error(404, "NoSuchBucket");
    }
    return isList() ? list(buckets) : get(buckets);
  }

  private boolean isList() {
    return key.isEmpty() && method.equals("GET");
  }

  private Answer get(S3Buckets buckets) {
    Stored stored = buckets.get(bucket, key);
    if (stored == null) {
      return error(404, "NoSuchKey");
    }
    String wanted = headers.get("If-match");
    if (wanted != null && !wanted.replace("\"", "").equals(stored.eTag())) {
      return error(412, "PreconditionFailed");
    }
    return object(200, stored, stored.bytes());
  }

  private Answer list(S3Buckets buckets) {
    String prefix = query.getOrDefault("prefix", "");
    String token = query.get("continuation-token");
    String after =
        token == null
            ? query.getOrDefault("start-after", "")
            : new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    int most = Math.min(MAX_KEYS, Integer.parseInt(query.getOrDefault("max-keys", "1000")));
    NavigableMap<String, Stored> page = buckets.page(bucket, prefix, after, most);
    boolean more = !page.isEmpty() && !buckets.page(bucket, prefix, page.lastKey(), 1).isEmpty();
    StringBuilder xml = new StringBuilder(256 + 300 * page.size());
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
        .append("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
    element(xml, "Name", bucket);
    element(xml, "Prefix", encoded(prefix));
    element(xml, "KeyCount", String.valueOf(page.size()));
    element(xml, "MaxKeys", String.valueOf(most));
    element(xml, "IsTruncated", String.valueOf(more));
    if (isEncoded()) {
      element(xml, "EncodingType", "url");
    }
    if (more) {
      byte[] last = S3Stub.utf8(page.lastKey());
      element(xml, "NextContinuationToken", Base64.getUrlEncoder().encodeToString(last));
    }
    page.forEach(
        (name, stored) -> {
          xml.append("<Contents>");
          element(xml, "Key", encoded(name));
          element(xml, "LastModified", stored.modified().toString());
          element(xml, "ETag", "\"" + stored.eTag() + "\"");
          element(xml, "Size", String.valueOf(stored.bytes().length));
          element(xml, "StorageClass", "STANDARD");
          xml.append("</Contents>");
        });
    xml.append("</ListBucketResult>");
    return new Answer(200, "application/xml", S3Stub.utf8(xml.toString()), null);
  }

  private boolean isEncoded() {
    return "url".equals(query.get("encoding-type"));
  }

  private String encoded(String text) {
    return isEncoded() ? URLEncoder.encode(text, StandardCharsets.UTF_8) : text;
  }

  static Answer error(int status, String code) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error>");
    element(xml, "Code", code);
    element(xml, "Message", "a secret of 123456789012");
    element(xml, "RequestId", "stub");
    return new Answer(
        status, "application/xml", S3Stub.utf8(xml.append("</Error>").toString()), null);
  }

  private static Answer object(int status, Stored stored, byte[] body) {
    return new Answer(status, "binary/octet-stream", body, stored);
  }

  private static void element(StringBuilder xml, String name, String text) {
    xml.append('<').append(name).append('>');
    xml.append(text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"));
    xml.append("</").append(name).append('>');
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** In a path, a plus is a plus. */
  private static String decodePath(String text) {
    return decode(text.replace("+", "%2B"));
  }
}
