package dev.yagura.cloudfront.reference;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The lines of a file as maps, made the slow way: all of it as a text, and split. */
final class ReferenceRows {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final int LONGEST = 128 * 1024;

  private ReferenceRows() {}

  /** One line: its columns by name, or why it has none. */
  record Row(Map<String, String> columns, String flaw) {
    static Row of(Map<String, String> columns) {
      return new Row(columns, "");
    }

    static Row flawed(String flaw) {
      return new Row(Map.of(), flaw);
    }
  }

  /** What a file holds, unpacked. */
  static byte[] unpacked(byte[] stored) throws IOException {
    if (stored.length < 2 || stored[0] != 0x1f || stored[1] != (byte) 0x8b) {
      return stored;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(stored))) {
      return in.readAllBytes();
    }
  }

  /**
   * All lines that hold a request.
   *
   * @param fields of a file that does not say them itself
   * @param needed columns up to the last of which a line must reach
   */
  static List<Row> of(byte[] stored, List<String> fields, char delimiter, Set<String> needed)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    List<String> columns = fields;
    for (String line : new String(unpacked(stored), StandardCharsets.UTF_8).split("\n", -1)) {
      String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
      if (text.startsWith("#Fields:")) {
        columns = List.of(text.substring("#Fields:".length()).strip().split("\\s+", -1));
      } else if (text.length() > LONGEST) {
        rows.add(Row.flawed("too_long"));
      } else if (!text.isEmpty() && !text.startsWith("#")) {
        rows.add(text.startsWith("{") ? json(text) : split(text, columns, delimiter, needed));
      }
    }
    return rows;
  }

  private static Row split(String text, List<String> columns, char delimiter, Set<String> needed) {
    String[] values = text.split(Pattern.quote(Character.toString(delimiter)), -1);
    int last = 0;
    for (int i = 0; i < columns.size(); i++) {
      last = needed.contains(columns.get(i)) ? i : last;
    }
    boolean whole = last == columns.size() - 1 ? values.length > last : values.length > last + 1;
    if (!whole) {
      // The last column of a line that was cut may be cut itself.
      return Row.flawed("too_few_columns");
    }
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < Math.min(columns.size(), values.length); i++) {
      row.put(columns.get(i), values[i]);
    }
    return Row.of(row);
  }

  private static Row json(String text) {
    try {
      Map<String, String> row = new HashMap<>();
      JsonNode object = JSON.readTree(text);
      object.properties().forEach(entry -> row.put(entry.getKey(), entry.getValue().asText()));
      return Row.of(row);
    } catch (IOException e) {
      return Row.flawed("bad_json");
    }
  }
}
