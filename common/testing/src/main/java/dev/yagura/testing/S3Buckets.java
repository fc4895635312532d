package dev.yagura.testing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What {@link S3Stub} keeps, in the order of S3: by the bytes of the keys. */
final class S3Buckets {
  /** One object. Never compared, so it may hold an array. */
  @SuppressWarnings("ArrayRecordComponent")
  record Stored(byte[] bytes, String eTag, Instant modified) {}

  private final Map<String, NavigableMap<String, Stored>> buckets = new HashMap<>();

  synchronized Stored put(String bucket, String key, byte[] bytes, Instant modified) {
    Stored stored = new Stored(bytes.clone(), md5(bytes), modified);
    buckets.computeIfAbsent(bucket, name -> new TreeMap<>(S3Buckets::order)).put(key, stored);
    return stored;
  }

  synchronized void delete(String bucket, String key) {
    NavigableMap<String, Stored> objects = buckets.get(bucket);
    if (objects != null) {
      objects.remove(key);
    }
  }

  synchronized boolean has(String bucket) {
    return buckets.containsKey(bucket);
  }

  synchronized @Nullable Stored get(String bucket, String key) {
    NavigableMap<String, Stored> objects = buckets.get(bucket);
    return objects == null ? null : objects.get(key);
  }

  /** At most so many objects that begin with the prefix and come after the key. */
  synchronized NavigableMap<String, Stored> page(
      String bucket, String prefix, String after, int most) {
    NavigableMap<String, Stored> page = new TreeMap<>(S3Buckets::order);
    NavigableMap<String, Stored> objects = buckets.getOrDefault(bucket, new TreeMap<>());
    boolean fromPrefix = order(prefix, after) > 0;
    NavigableMap<String, Stored> rest =
        objects.tailMap(fromPrefix ? prefix : after, fromPrefix && !prefix.isEmpty());
    for (Map.Entry<String, Stored> entry : rest.entrySet()) {
      if (page.size() == most || !entry.getKey().startsWith(prefix)) {
        break;
      }
      page.put(entry.getKey(), entry.getValue());
    }
    return page;
  }

  private static int order(String a, String b) {
    return Arrays.compareUnsigned(S3Stub.utf8(a), S3Stub.utf8(b));
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
