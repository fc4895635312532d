package dev.yagura.accesslog.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.yagura.accesslog.source.Notifications.Created;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationsTest {
  private static final String RECORD =
      """
      {"eventVersion": "2.5", "eventSource": "aws:s3", "awsRegion": "ap-northeast-1",
       "eventName": "ObjectCreated:Put",
       "s3": {"bucket": {"name": "logs"},
              "object": {"key": "cf/a+b%2Bc.gz", "size": 1024, "eTag": "abc", "sequencer": "1"}}}""";
  private static final Created CREATED =
      new Created(
          "logs",
          "cf/a b+c.gz",
          Optional.of("abc"),
          OptionalLong.of(1024),
          Optional.of("ap-northeast-1"));
  private static final String EVENT =
      """
      {"version": "0", "detail-type": "%s", "source": "aws.s3", "region": "ap-northeast-1",
       "detail": {"bucket": {"name": "logs"}, "reason": "PutObject",
                  "object": {"key": "cf/a+b%%2Bc.gz", "size": 1024, "etag": "abc"}}}""";

  @Test
  void anEventOfTheBucketNamesObjectsByDecodedKeys() {
    assertThat(Notifications.parse(records(RECORD, RECORD))).contains(List.of(CREATED, CREATED));
  }

  @Test
  void anEnvelopeOfSnsIsOpened() {
    assertThat(Notifications.parse(envelope(records(RECORD)))).contains(List.of(CREATED));
    assertThat(Notifications.parse(envelope(envelope(records(RECORD))))).contains(List.of(CREATED));
    assertThat(Notifications.parse(envelope(envelope(envelope(records(RECORD)))))).isEmpty();
  }

  @Test
  void eventBridgeNamesKeysAsTheyAre() {
    Created created =
        new Created(
            "logs",
            "cf/a+b%2Bc.gz",
            Optional.of("abc"),
            OptionalLong.of(1024),
            Optional.of("ap-northeast-1"));
    assertThat(Notifications.parse(EVENT.formatted("Object Created"))).contains(List.of(created));
    assertThat(Notifications.parse(envelope(EVENT.formatted("Object Created"))))
        .contains(List.of(created));
  }

  @Test
  void whatIsNoCreationIsNothingToDo() {
    String test = "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"logs\"}";
    assertThat(Notifications.parse(test)).contains(List.of());
    assertThat(Notifications.parse(envelope(test))).contains(List.of());
    assertThat(Notifications.parse(EVENT.formatted("Object Deleted"))).contains(List.of());
    assertThat(Notifications.parse("{\"Records\":[]}")).contains(List.of());
    assertThat(Notifications.parse(records(RECORD.replace("ObjectCreated:Put", "ObjectRemoved:X"))))
        .contains(List.of());
  }

  @Test
  void aNotificationMaySayLess() {
    String less =
        "{\"eventName\":\"s3:ObjectCreated:Copy\",\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"k\"}}}";
    assertThat(Notifications.parse(records(less)))
        .contains(
            List.of(
                new Created("b", "k", Optional.empty(), OptionalLong.empty(), Optional.empty())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "{}",
        "[]",
        "null",
        "7",
        "{\"Records\": 1}",
        "{\"Records\": [1]}",
        "{\"Records\": [{\"eventName\": \"ObjectCreated:Put\"}]}",
        "{\"Message\": \"hello\"}",
        "{\"Message\": {\"Records\": []}}",
        "{\"source\": \"aws.s3\", \"detail-type\": \"Object Created\"}",
        "{\"source\": \"aws.ec2\", \"detail-type\": \"Object Created\"}",
      })
  void anythingElseIsUnusable(String body) {
    assertThat(Notifications.parse(body)).isEmpty();
  }

  @Test
  void aKeyOrBucketThatCannotBeIsUnusable() {
    assertThat(Notifications.parse(records(RECORD.replace("a+b%2Bc", "%zz")))).isEmpty();
    assertThat(Notifications.parse(records(RECORD.replace("a+b%2Bc", "a".repeat(1024))))).isEmpty();
    assertThat(Notifications.parse(records(RECORD.replace("\"logs\"", "\"\"")))).isEmpty();
    assertThat(Notifications.parse(records(RECORD.replace("\"logs\"", "\"a/b\"")))).isEmpty();
    assertThat(Notifications.parse(records(RECORD, "{}"))).isEmpty();
  }

  @Test
  void nestingAndLengthAreBounded() {
    assertThat(Notifications.parse("[".repeat(1_000_000))).isEmpty();
    assertThat(Notifications.parse("{\"a\":".repeat(200_000))).isEmpty();
    assertThat(Notifications.parse("{\"Records\":[],\"x\":\"" + "a".repeat(3 << 20) + "\"}"))
        .isEmpty();
  }

  @Test
  void noBytesMakeItFail() {
    String good = envelope(records(RECORD));
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      StringBuilder bad = new StringBuilder(good);
      for (int i = 0; i <= random.nextInt(4); i++) {
        int at = random.nextInt(bad.length());
        switch (random.nextInt(3)) {
          case 0 -> bad.setCharAt(at, (char) random.nextInt(256));
          case 1 -> bad.deleteCharAt(at);
          default -> bad.insert(at, "{}[]\",:\\1e9".charAt(random.nextInt(11)));
        }
      }
      assertThat(Notifications.parse(bad.toString())).isNotNull();
    }
  }

  private static String records(String... records) {
    return "{\"Records\":[" + String.join(",", records) + "]}";
  }

  private static String envelope(String message) {
    return "{\"Type\":\"Notification\",\"Message\":\""
        + new String(JsonStringEncoder.getInstance().quoteAsString(message))
        + "\"}";
  }
}
