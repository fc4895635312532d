package dev.yagura.testing.aws;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a resource is described by, in the API's own field names; a dot leads into a structure, as
 * in {@code Endpoint.Address}. A field that was not set is not in the answer.
 */
public final class Fields {
  private record Items(String name, List<?> values) {}

  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Sets a field to a text, number, boolean, instant or structure; null takes it away. */
  public synchronized Fields set(String field, @Nullable Object value) {
    int dot = field.indexOf('.');
    if (dot >= 0) {
      inner(field.substring(0, dot)).set(field.substring(dot + 1), value);
    } else if (value == null) {
      values.remove(field);
    } else {
      values.put(field, value);
    }
    return this;
  }

  /** Sets a list of texts or structures; XML names each item so. */
  public synchronized Fields list(String field, String item, List<?> items) {
    return set(field, new Items(item, List.copyOf(items)));
  }

  /** The text of a field, or null. */
  public synchronized @Nullable String text(String field) {
    int dot = field.indexOf('.');
    if (dot >= 0) {
      return inner(field.substring(0, dot)).text(field.substring(dot + 1));
    }
    Object value = values.get(field);
    return value == null ? null : value.toString();
  }

  private Fields inner(String name) {
    Object there = values.computeIfAbsent(name, key -> new Fields());
    if (there instanceof Fields fields) {
      return fields;
    }
    throw new IllegalArgumentException(name + " has no fields");
  }

  synchronized void write(Xml xml) {
    values.forEach(
        (name, value) -> {
          if (value instanceof Fields structure) {
            xml.element(name, structure::write);
          } else if (value instanceof Items items) {
            xml.list(name, items.name(), items.values(), Fields::writeItem);
          } else {
            xml.text(name, value);
          }
        });
  }

  private static void writeItem(Xml xml, Object item) {
    if (item instanceof Fields structure) {
      structure.write(xml);
    } else {
      xml.characters(item);
    }
  }

  /** The same for JSON, where instants are seconds. */
  Map<String, Object> json() {
    return json(Fields::seconds);
  }

  /** The same for JSON that writes instants in another way. */
  synchronized Map<String, Object> json(Function<Instant, Object> time) {
    Map<String, Object> json = new LinkedHashMap<>();
    values.forEach((name, value) -> json.put(name, json(value, time)));
    return json;
  }

  private static Object json(Object value, Function<Instant, Object> time) {
    if (value instanceof Fields structure) {
      return structure.json(time);
    } else if (value instanceof Items items) {
      return items.values().stream().map(item -> json(item, time)).toList();
    } else if (value instanceof Instant at) {
      return time.apply(at);
    }
    return value;
  }

  /** All texts that have this name, however deep they are. */
  Set<String> everywhere(String field) {
    Set<String> found = new LinkedHashSet<>();
    collect(field, found);
    return found;
  }

  private synchronized void collect(String field, Set<String> found) {
    values.forEach(
        (name, value) -> {
          if (name.equals(field)) {
            found.add(value.toString());
          } else if (value instanceof Fields structure) {
            structure.collect(field, found);
          } else if (value instanceof Items items) {
            for (Object item : items.values()) {
              if (item instanceof Fields structure) {
                structure.collect(field, found);
              }
            }
          }
        });
  }

  static BigDecimal seconds(Instant at) {
    return BigDecimal.valueOf(at.toEpochMilli(), 3);
  }
}
