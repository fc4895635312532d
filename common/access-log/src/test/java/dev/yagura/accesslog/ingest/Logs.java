package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.format.LogShape;
import dev.yagura.accesslog.source.LogObject;
import dev.yagura.accesslog.source.ObjectId;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Log files made up for tests. */
final class Logs {
  static final Instant WRITTEN = Instant.parse("2026-11-23T00:00:00Z");

  private Logs() {}

  static LogObject bucket(String name, String text) {
    return object("s3://logs/" + name, "etag-" + Integer.toHexString(text.hashCode()), text);
  }

  static LogObject object(String location, String version, String text) {
    return object(new ObjectId(location, version), text, text.length());
  }

  static LogObject object(ObjectId id, String text, long size) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new LogObject(
        id,
        size,
        WRITTEN,
        Optional.empty(),
        LogShape.OF_FILE,
        () -> new ByteArrayInputStream(bytes));
  }

  static LogObject with(LogObject object, LogObject.Content content) {
    return new LogObject(
        object.id(), object.size(), object.modified(), object.resource(), object.shape(), content);
  }

  /** Texts of a few lines of a few words. */
  static List<String> texts(int number, long seed) {
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      StringBuilder text = new StringBuilder();
      int lines = 1 + random.nextInt(20);
      for (int line = 0; line < lines; line++) {
        text.append("w").append(random.nextInt(7)).append(" file ").append(i).append('\n');
      }
      texts.add(text.toString());
    }
    return texts;
  }

  /** Objects of a bucket, one for each text. */
  static List<LogObject> objects(List<String> texts) {
    List<LogObject> objects = new ArrayList<>();
    for (String text : texts) {
      objects.add(bucket("n" + objects.size(), text));
    }
    return objects;
  }

  /** What all of them say together. */
  static Map<String, Long> totals(List<String> texts) {
    Map<String, Long> totals = new TreeMap<>();
    texts.forEach(
        text ->
            WordTally.count(text).forEach((word, lines) -> totals.merge(word, lines, Long::sum)));
    return totals;
  }
}
