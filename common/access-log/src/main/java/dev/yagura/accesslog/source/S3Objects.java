package dev.yagura.accesslog.source;

import dev.yagura.accesslog.format.LogShape;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Makes log files of objects in buckets; both ways to find one make the same of it.
 *
 * @param keys which keys are logs, and where they name the resource; empty for all
 * @param resource of objects in whose key the pattern finds none
 */
record S3Objects(Optional<Glob> keys, LogShape shape, Optional<String> resource) {
  /** Whether the object is a log; what ends in a slash is how consoles make folders. */
  boolean isLog(String key) {
    return !key.endsWith("/") && keys.map(glob -> glob.matches(key)).orElse(true);
  }

  /** One version of an object; its eTag with quotes or without. */
  LogObject of(
      Supplier<S3Client> client,
      String bucket,
      String key,
      String eTag,
      long size,
      Instant modified) {
    String version = eTag.replace("\"", "");
    ObjectId id = new ObjectId("s3://" + bucket + "/" + key, version);
    return new LogObject(
        id,
        size,
        modified,
        keys.flatMap(glob -> glob.resource(key)).or(() -> resource),
        shape,
        new S3Content(client, bucket, key, version));
  }
}
