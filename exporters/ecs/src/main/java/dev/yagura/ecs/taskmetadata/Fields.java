package dev.yagura.ecs.taskmetadata;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Fields of a JSON object; null for one that is absent, null, or of another kind. */
final class Fields {
  private Fields() {}

  static @Nullable String text(JsonNode object, String name) {
    String text = object.path(name).textValue();
    return text == null || text.isEmpty() ? null : text;
  }

  static @Nullable Number number(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (!value.isNumber()) {
      return null;
    }
    return value.isIntegralNumber() && value.canConvertToLong()
        ? (Number) value.longValue()
        : (Number) value.doubleValue();
  }

  /** A number that stands for nothing where it is zero. */
  static @Nullable Number positive(JsonNode object, String name) {
    Number value = number(object, name);
    return value == null || value.doubleValue() <= 0 ? null : value;
  }

  /** A time stamp as a Unix time. */
  static @Nullable Double seconds(JsonNode object, String name) {
    String text = text(object, name);
    if (text == null) {
      return null;
    }
    try {
      Instant instant = Instant.parse(text);
      return instant.getEpochSecond() + instant.getNano() / 1e9;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
