package dev.yagura.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one exposition, line by line. */
final class ExpositionParser {
  private static final Pattern HEADER =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");
  private static final Set<String> TYPES =
      Set.of("counter", "gauge", "histogram", "summary", "untyped");

  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, String> help = new LinkedHashMap<>();
  private final List<Sample> samples = new ArrayList<>();
  private final Set<String> series = new HashSet<>();
  private String family = "";

  ParsedExposition parse(String text) {
    if (!text.isEmpty() && !text.endsWith("\n")) {
      throw new IllegalArgumentException("the last line does not end in a line feed");
    }
    String[] lines =
        text.isEmpty() ? new String[0] : text.substring(0, text.length() - 1).split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      try {
        read(lines[i]);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "line " + (i + 1) + ": " + e.getMessage() + ": " + lines[i], e);
      }
    }
    types.forEach(
        (name, type) -> {
          if (type.equals("histogram")) {
            Histograms.check(name, samples);
          }
        });
    if (!types.keySet().equals(help.keySet())) {
      throw new IllegalArgumentException("the family " + family + " has no type");
    }
    return new ParsedExposition(types, help, samples);
  }

  private void read(String line) {
    if (line.startsWith("#")) {
      Matcher header = HEADER.matcher(line);
      check(header.matches(), "neither help nor type");
      if (header.group(1).equals("HELP")) {
        check(types.containsKey(family) || family.isEmpty(), "the family before has no type");
        family = header.group(2);
        String plain = SampleLine.unescape(header.group(3), false);
        check(help.put(family, plain) == null, "the family is there twice");
      } else {
        check(header.group(2).equals(family), "the type does not follow its help");
        check(TYPES.contains(header.group(3)), "no such type");
        check(types.put(family, header.group(3)) == null, "the type is there twice");
      }
      return;
    }
    Sample sample = SampleLine.parse(line);
    check(belongs(sample), "not a sample of " + (family.isEmpty() ? "any family" : family));
    check(series.add(sample.series()), "the series is there twice");
    samples.add(sample);
  }

  private boolean belongs(Sample sample) {
    String type = types.getOrDefault(family, "");
    String name = sample.name();
    boolean countOrSum = name.equals(family + "_count") || name.equals(family + "_sum");
    return switch (type) {
      case "" -> false;
      case "histogram" ->
          countOrSum || (name.equals(family + "_bucket") && sample.labels().containsKey("le"));
      case "summary" ->
          countOrSum || (name.equals(family) && sample.labels().containsKey("quantile"));
      default -> name.equals(family);
    };
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
