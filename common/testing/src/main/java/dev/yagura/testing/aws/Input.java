package dev.yagura.testing.aws;

import com.github.tomakehurst.wiremock.common.Json;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a request as a tree, whichever protocol brought them. */
final class Input {
  private final Map<String, Object> values;

  private Input(Map<String, Object> values) {
    this.values = values;
  }

  static Input ofJson(String body) {
    return body.isBlank() ? new Input(Map.of()) : of(Json.read(body, Map.class));
  }

  /**
   * Of a form, or of the query of an address, in which {@code Filters.Filter.1.Name} is the name of
   * the first filter.
   */
  static Input ofForm(String form) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (String pair : form.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        put(tree, pair.substring(0, equals), decoded(pair.substring(equals + 1)));
      }
    }
    return new Input(tree);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void put(Map<String, Object> tree, String path, String value) {
    Map<String, Object> at = tree;
    int from = 0;
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', from)) {
      at = inner(at, path.substring(from, dot));
      from = dot + 1;
    }
    at.put(path.substring(from), value);
  }

  @SuppressWarnings("unchecked") // Only this class puts maps there.
  private static Map<String, Object> inner(Map<String, Object> tree, String name) {
    Object there = tree.get(name);
    if (there instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    Map<String, Object> made = new LinkedHashMap<>();
    tree.put(name, made);
    return made;
  }

  private static Input of(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (value != null) {
            copy.put(String.valueOf(key), value);
          }
        });
    return new Input(copy);
  }

  /** These parameters and one more, as from the path of an address. */
  Input with(String name, String value) {
    Map<String, Object> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Input(more);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  @Nullable String text(String name) {
    Object value = values.get(name);
    return value == null || value instanceof Map || value instanceof List ? null : value.toString();
  }

  String text(String name, String otherwise) {
    String value = text(name);
    return value == null ? otherwise : value;
  }

  /** The text that must be there. */
  String required(String name) {
    String value = text(name);
    if (value == null || value.isEmpty()) {
      throw AwsError.badRequest("ValidationError", "The parameter " + name + " is required.");
    }
    return value;
  }

  int number(String name, int otherwise) {
    String value = text(name);
    if (value == null) {
      return otherwise;
    }
    try {
      return new BigDecimal(value).intValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw AwsError.badRequest("ValidationError", name + " is no whole number: " + value);
    }
  }

  /** An instant, as ISO 8601 or as seconds; null if it is not there. */
  @Nullable Instant instant(String name) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    try {
      return value.contains("T")
          ? Instant.parse(value)
          : Instant.ofEpochMilli(new BigDecimal(value).movePointRight(3).longValue());
    } catch (DateTimeParseException | NumberFormatException e) {
      throw AwsError.badRequest("ValidationError", name + " is no time: " + value);
    }
  }

  /** A structure; without fields if it is not there. */
  Input structure(String name) {
    return values.get(name) instanceof Map<?, ?> map ? of(map) : new Input(Map.of());
  }

  /** The structures of a list. */
  List<Input> structures(String name) {
    List<Input> found = new ArrayList<>();
    for (Object item : items(name)) {
      if (item instanceof Map<?, ?> map) {
        found.add(of(map));
      }
    }
    return found;
  }

  /** The texts of a list. */
  List<String> texts(String name) {
    return items(name).stream().map(String::valueOf).toList();
  }

  private List<?> items(String name) {
    Object value = values.get(name);
    if (value instanceof List<?> list) {
      return list;
    }
    // A form of EC2: only the numbers of the items, in any order of writing.
    if (value instanceof Map<?, ?> numbered && isNumbered(numbered)) {
      return inOrder(numbered);
    }
    // A form of others: the name of the items, and below it their numbers.
    if (value instanceof Map<?, ?> named
        && named.size() == 1
        && named.values().iterator().next() instanceof Map<?, ?> numbered) {
      return inOrder(numbered);
    }
    return List.of();
  }

  private static boolean isNumbered(Map<?, ?> map) {
    return map.keySet().stream()
        .allMatch(key -> key.toString().chars().allMatch(Character::isDigit));
  }

  private static List<?> inOrder(Map<?, ?> numbered) {
    return numbered.entrySet().stream()
        .sorted((a, b) -> Integer.compare(index(a.getKey()), index(b.getKey())))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static int index(Object key) {
    return Integer.parseInt(key.toString());
  }
}
