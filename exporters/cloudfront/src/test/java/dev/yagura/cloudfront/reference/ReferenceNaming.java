package dev.yagura.cloudfront.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an object is called, made the slow way.
 *
 * @param queryParameters that are kept, in this order
 * @param rules a pattern and what replaces it
 */
record ReferenceNaming(List<String> queryParameters, List<Map.Entry<String, String>> rules) {
  private static final int LONGEST = 500;

  String name(String stem, String queryColumn) {
    String[] parts = stem.split("\\?", 2);
    String query = parts.length == 2 ? parts[1] : queryColumn.equals("-") ? "" : queryColumn;
    List<String> kept = new ArrayList<>();
    for (String parameter : queryParameters) {
      for (String pair : query.split("&", -1)) {
        if (pair.equals(parameter) || pair.startsWith(parameter + "=")) {
          kept.add(pair);
          break;
        }
      }
    }
    String name = parts[0] + (kept.isEmpty() ? "" : "?" + String.join("&", kept));
    for (Map.Entry<String, String> rule : rules) {
      name = name.replaceAll(rule.getKey(), rule.getValue());
    }
    int[] characters = name.codePoints().toArray();
    int cut = Math.max(0, characters.length - LONGEST);
    return new String(characters, cut, characters.length - cut);
  }
}
