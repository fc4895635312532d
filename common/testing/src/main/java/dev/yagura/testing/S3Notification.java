package dev.yagura.testing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What S3 says when an object was put, in each of the ways in which it comes to a queue. */
public enum S3Notification {
  /** S3's own event. */
  RAW {
    @Override
    public String of(String bucket, String key, String eTag, long size) {
      return """
          {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"ap-northeast-1",
           "eventName":"ObjectCreated:Put","s3":{"s3SchemaVersion":"1.0","bucket":{"name":"%s"},
           "object":{"key":"%s","size":%d,"eTag":"%s"}}}]}"""
          .formatted(bucket, URLEncoder.encode(key, StandardCharsets.UTF_8), size, eTag);
    }
  },
  /** The same in the envelope of a topic. */
  SNS {
    @Override
    public String of(String bucket, String key, String eTag, long size) {
      String event = RAW.of(bucket, key, eTag, size);
      String escaped = event.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
      return """
          {"Type":"Notification","Subject":"Amazon S3 Notification","Message":"%s"}"""
          .formatted(escaped);
    }
  },
  /** EventBridge's, which does not encode the key. */
  EVENT_BRIDGE {
    @Override
    public String of(String bucket, String key, String eTag, long size) {
      return """
          {"version":"0","detail-type":"Object Created","source":"aws.s3",
           "region":"ap-northeast-1","detail":{"version":"0","bucket":{"name":"%s"},
           "object":{"key":"%s","size":%d,"etag":"%s"},"reason":"PutObject"}}"""
          .formatted(bucket, key, size, eTag);
    }
  };

  /** What S3 says once when notifications are configured. */
  public static final String TEST_EVENT =
      "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"logs\"}";

  /** The body of a message about one object; its name holds nothing that JSON escapes. */
  public abstract String of(String bucket, String key, String eTag, long size);
}
