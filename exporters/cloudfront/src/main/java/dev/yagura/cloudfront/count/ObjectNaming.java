package dev.yagura.cloudfront.count;

import dev.yagura.accesslog.format.Bytes;
import dev.yagura.accesslog.format.Line;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the object of a request is called: the path as logged, without its query but for the
 * parameters that are named, after the rewrite rules, and of what is longer the last 500
 * characters.
 *
 * @param queryParameters that are kept, in this order, where a request has them
 * @param rules are all tried, one after another
 */
public record ObjectNaming(List<String> queryParameters, List<Rewrite> rules) {
  /** The path as logged. */
  public static final ObjectNaming PATH = new ObjectNaming(List.of(), List.of());

  /** As many as in the console's report. */
  static final int LONGEST = 500;

  /** Whether a parameter of a query can have this name. */
  public static boolean isParameter(String name) {
    return !name.isEmpty() && name.chars().noneMatch(c -> c <= ' ' || "=&?#,".indexOf(c) >= 0);
  }

  public ObjectNaming {
    queryParameters = List.copyOf(queryParameters);
    rules = List.copyOf(rules);
  }

  /**
   * Replaces every match.
   *
   * @param replacement in which {@code $1} is a group, as in {@link java.util.regex.Matcher}
   */
  public record Rewrite(Pattern match, String replacement) {
    /**
     * Checks the rule.
     *
     * @param template in which {@code $1} is a group and braces are themselves
     * @throws IllegalArgumentException if the pattern or the template is none
     */
    public static Rewrite of(String match, String template) {
      Pattern pattern = Pattern.compile(match);
      int groups = pattern.matcher("").groupCount();
      var reference = Pattern.compile("\\$([0-9])").matcher(template);
      while (reference.find()) {
        if (Integer.parseInt(reference.group(1)) > groups) {
          throw new IllegalArgumentException(
              "there is no group " + reference.group() + " in \"" + match + "\"");
        }
      }
      String escaped = template.replace("\\", "\\\\").replaceAll("\\$(?![0-9])", "\\\\\\$");
      return new Rewrite(pattern, escaped);
    }
  }

  /** Names objects, for one thread. */
  Namer namer() {
    return new Namer(this);
  }

  /** The name of one object after another, as a view that the next one overwrites. */
  static final class Namer {
    private static final int REMEMBERED = 1 << 12;

    private final byte[][] parameters;
    private final List<Rewrite> rules;
    private final byte[] scratch;

    /** Names before and after the rules, where their hash has a place: rules are slow. */
    private final byte[][] before;

    private final byte[][] after;

    private byte[] bytes = new byte[0];
    private int from;
    private int to;

    Namer(ObjectNaming naming) {
      parameters =
          naming.queryParameters.stream()
              .map(name -> name.getBytes(StandardCharsets.UTF_8))
              .toArray(byte[][]::new);
      rules = naming.rules;
      scratch = new byte[parameters.length == 0 ? 0 : 512 * 1024];
      before = new byte[rules.isEmpty() ? 0 : REMEMBERED][];
      after = new byte[before.length][];
    }

    byte[] bytes() {
      return bytes;
    }

    int from() {
      return from;
    }

    int to() {
      return to;
    }

    /** Takes the name from the line. */
    void name(Line line) {
      bytes = line.buffer();
      from = line.start(LogColumns.STEM);
      int end = line.end(LogColumns.STEM);
      // Real-time logs have the query in the path; elsewhere a question mark in it is escaped.
      int query = Bytes.indexOf(bytes, from, end, (byte) '?');
      to = query < 0 ? end : query;
      if (parameters.length > 0) {
        if (query >= 0) {
          keepParameters(query + 1, end);
        } else if (!line.isNothing(LogColumns.QUERY)) {
          keepParameters(line.start(LogColumns.QUERY), line.end(LogColumns.QUERY));
        }
      }
      if (!rules.isEmpty()) {
        rewrite();
      }
      if (to - from > LONGEST) {
        from = lastCharacters();
      }
    }

    private void keepParameters(int queryFrom, int queryTo) {
      int length = to - from;
      System.arraycopy(bytes, from, scratch, 0, length);
      byte separator = '?';
      for (byte[] parameter : parameters) {
        int start = find(parameter, queryFrom, queryTo);
        if (start >= 0) {
          int ampersand = Bytes.indexOf(bytes, start, queryTo, (byte) '&');
          int end = ampersand < 0 ? queryTo : ampersand;
          scratch[length++] = separator;
          System.arraycopy(bytes, start, scratch, length, end - start);
          length += end - start;
          separator = '&';
        }
      }
      bytes = scratch;
      from = 0;
      to = length;
    }

    /** Where the first parameter of this name begins; -1 if there is none. */
    private int find(byte[] parameter, int queryFrom, int queryTo) {
      for (int start = queryFrom; start < queryTo; ) {
        int ampersand = Bytes.indexOf(bytes, start, queryTo, (byte) '&');
        int end = ampersand < 0 ? queryTo : ampersand;
        int nameEnd = start + parameter.length;
        if (nameEnd <= end
            && (nameEnd == end || bytes[nameEnd] == '=')
            && Arrays.equals(bytes, start, nameEnd, parameter, 0, parameter.length)) {
          return start;
        }
        start = end + 1;
      }
      return -1;
    }

    private void rewrite() {
      int place = 0;
      for (int i = from; i < to; i++) {
        place = 31 * place + bytes[i];
      }
      place = (place ^ (place >>> 16)) & (REMEMBERED - 1);
      byte[] known = before[place];
      if (known == null || !Arrays.equals(known, 0, known.length, bytes, from, to)) {
        before[place] = Arrays.copyOfRange(bytes, from, to);
        after[place] =
            rewritten(new String(bytes, from, to - from, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
      }
      bytes = after[place];
      from = 0;
      to = bytes.length;
    }

    private String rewritten(String path) {
      try {
        String name = path;
        for (Rewrite rule : rules) {
          name = rule.match().matcher(name).replaceAll(rule.replacement());
        }
        return name;
      } catch (StackOverflowError e) {
        // A pattern such as (a|b)* needs a frame a character: a long path must not cost the file.
        return path;
      }
    }

    private int lastCharacters() {
      int start = to;
      for (int characters = 0; characters < LONGEST && start > from; characters++) {
        start--;
        while (start > from && (bytes[start] & 0xc0) == 0x80) {
          start--;
        }
      }
      return start;
    }
  }

  /** A copy with one rule more. */
  public ObjectNaming with(Rewrite rule) {
    List<Rewrite> more = new ArrayList<>(rules);
    more.add(rule);
    return new ObjectNaming(queryParameters, more);
  }
}
