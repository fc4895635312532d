package dev.yagura.core.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One map of a configuration, asked key by key. What is wrong is noted, never thrown: the accessor
 * answers with its fallback, or with nothing, and reading goes on so that all is reported at once.
 *
 * <p>A key that any accessor was asked for is known; every other key in the file is a problem. So a
 * reader asks for all of its keys before it builds its record. An {@link IllegalArgumentException}
 * from a reader is a problem of its section, unless the section already has one that it may follow
 * from. Not for use by several threads, nor after the reader has returned.
 */
public final class Section {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern NOTHING = Pattern.compile("|~|null|Null|NULL");
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{(?:env:([A-Za-z_][A-Za-z0-9_]*)|file:([^}]+))}");

  private record Value(int line, String path, Node node) {
    boolean isNothing() {
      return node instanceof ScalarNode scalar
          && scalar.isPlain()
          && NOTHING.matcher(scalar.getValue()).matches();
    }

    String shape() {
      return node instanceof MappingNode
          ? "a map"
          : node instanceof SequenceNode ? "a list" : "a single value";
    }
  }

  private final int line;
  private final String path;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Map<String, String> env;
  private final ConfigException.Collector problems;
  private final Set<String> known = new LinkedHashSet<>();
  private final Map<Value, Section> children = new LinkedHashMap<>();
  private boolean cutShort;

  private Section(
      Value value,
      List<NodeTuple> entries,
      Map<String, String> env,
      ConfigException.Collector problems) {
    this.line = value.line();
    this.path = value.path();
    this.env = env;
    this.problems = problems;
    for (NodeTuple entry : entries) {
      int at = lineOf(entry.getKeyNode());
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        problems.add(at, path, "a key must be a single value");
        continue;
      }
      String name = key.getValue();
      Value first = values.putIfAbsent(name, new Value(at, pathOf(name), entry.getValueNode()));
      if (first != null) {
        problems.add(at, pathOf(name), "duplicate key, first in line " + first.line());
      }
    }
  }

  static Optional<Section> root(
      Optional<Node> document, Map<String, String> env, ConfigException.Collector problems) {
    Node node = document.orElseGet(() -> new ScalarNode(Tag.NULL, "", ScalarStyle.PLAIN));
    return open(new Value(1, "", node), env, problems);
  }

  /** Whether the file has this key, with a value or without. */
  public boolean has(String key) {
    return find(key).isPresent();
  }

  /** The keys in the order of the file, for a map whose keys are data; all of them are known. */
  public List<String> keys() {
    known.addAll(values.keySet());
    return List.copyOf(values.keySet());
  }

  /** A text as it is written: a number's digits, an empty text if it is quoted. */
  public Optional<String> text(String key) {
    return parsed(key, text -> text);
  }

  /** A text as it is written, or the fallback if the key is absent. */
  public String text(String key, String fallback) {
    return text(key).orElse(fallback);
  }

  /** A text that must be there and not be blank; empty after a problem. */
  public String requiredText(String key) {
    if (!has(key)) {
      problem(key, "required, but missing");
    }
    return parsed(key, Section::notBlank).orElse("");
  }

  /** A whole number from {@code min} to {@code max}, both included. */
  public int integer(String key, int fallback, int min, int max) {
    return parsed(
            key,
            text -> {
              long number = WHOLE_NUMBER.matcher(text).matches() ? Long.parseLong(text) : min - 1L;
              if (number < min || number > max) {
                throw refusal(
                    "must be a whole number from %d to %d, not \"%s\"".formatted(min, max, text));
              }
              return (int) number;
            })
        .orElse(fallback);
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String key, boolean fallback) {
    return flag(key).orElse(fallback);
  }

  /** {@code true} or {@code false}, or nothing if the key is absent. */
  public Optional<Boolean> flag(String key) {
    return parsed(
        key,
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw refusal("must be true or false, not \"" + text + "\"");
            });
  }

  /** A duration longer than zero, written as {@code 30s}, {@code 1m30s}, {@code 500ms}. */
  public Duration duration(String key, Duration fallback) {
    return duration(key, fallback, Durations.SHORTEST, Durations.LONGEST);
  }

  /** A duration from {@code min} to {@code max}, both included. */
  public Duration duration(String key, Duration fallback, Duration min, Duration max) {
    return parsed(
            key,
            text -> {
              Duration duration = Durations.parse(text);
              if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
                String range = Durations.text(min) + " to " + Durations.text(max);
                throw refusal("must be from " + range + ", not " + text);
              }
              return duration;
            })
        .orElse(fallback);
  }

  /**
   * A text that {@code parse} makes something of: a URI, a pattern, one of an enumeration.
   *
   * @param parse throws {@link IllegalArgumentException} with a message for the operator, which
   *     must not quote a text that may hold a password
   */
  public <T> Optional<T> parsed(String key, Function<String, T> parse) {
    return find(key)
        .flatMap(this::scalar)
        .flatMap(
            text -> {
              try {
                return Optional.of(parse.apply(text));
              } catch (IllegalArgumentException e) {
                problem(key, messageOf(e));
                return Optional.empty();
              }
            });
  }

  /**
   * A secret: {@code ${env:NAME}} or {@code ${file:/path}} under this key, or a path under {@code
   * <key>_file}. Only one of the keys may be there. A variable must be set and not be empty; a file
   * is not opened before the secret is revealed.
   */
  public Optional<Secret> secret(String key) {
    String fileKey = key + "_file";
    Optional<Secret> reference = parsed(key, text -> secretOf(text, fileKey));
    Optional<Secret> file = secretFile(fileKey);
    if (has(key) && has(fileKey)) {
      problem(key, "set it or " + fileKey + ", not both");
    }
    return reference.or(() -> file);
  }

  /** A secret in the file whose path is the text of this key. */
  public Optional<Secret> secretFile(String key) {
    return parsed(key, Section::secretIn);
  }

  /** A list of texts; the fallback if the key is absent. */
  public List<String> texts(String key, List<String> fallback) {
    return find(key)
        .map(list -> items(list).stream().flatMap(item -> scalar(item).stream()).toList())
        .orElse(fallback);
  }

  /** A map of texts in the order of the file, such as labels; empty if the key is absent. */
  public Map<String, String> textMap(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    find(key)
        .flatMap(this::child)
        .ifPresent(
            map -> map.keys().forEach(name -> map.text(name).ifPresent(t -> texts.put(name, t))));
    return Collections.unmodifiableMap(texts);
  }

  /** A list of maps, each read by {@code item}; empty if the key is absent. */
  public <T> List<T> list(String key, Function<Section, T> item) {
    return find(key).map(this::items).orElse(List.of()).stream()
        .flatMap(value -> child(value).flatMap(section -> section.readWith(item)).stream())
        .toList();
  }

  /** A map read by {@code read}, or nothing if the key is absent. A key without a value is {}. */
  public <T> Optional<T> section(String key, Function<Section, T> read) {
    return find(key).flatMap(this::child).flatMap(section -> section.readWith(read));
  }

  /** A map read by {@code read}, or the fallback if the key is absent. */
  public <T> T section(String key, Function<Section, T> read, T fallback) {
    return section(key, read).orElse(fallback);
  }

  /** Notes the caller's own complaint at this key, or at the section if the key is absent. */
  public void problem(String key, String message) {
    problems.add(find(key).map(Value::line).orElse(line), pathOf(key), message);
  }

  <T> Optional<T> readWith(Function<Section, T> read) {
    int before = problems.reports();
    try {
      return Optional.of(read.apply(this));
    } catch (RuntimeException e) {
      cutShort = true;
      if (problems.reports() == before) {
        if (!(e instanceof IllegalArgumentException complaint)) {
          throw e;
        }
        problems.add(line, path, messageOf(complaint));
      }
      return Optional.empty();
    }
  }

  void refuseUnknownKeys() {
    Set<String> meant = new LinkedHashSet<>(known);
    if (cutShort) {
      meant.removeAll(values.keySet());
    }
    values.forEach(
        (key, value) -> {
          Optional<String> nearest = Nearest.to(key, meant);
          // A reader that was cut short has not asked for all it knows: only a typo is certain.
          if (!known.contains(key) && (nearest.isPresent() || !cutShort)) {
            String all =
                known.isEmpty() ? "none is known here" : "known: " + String.join(", ", known);
            String hint = nearest.map(name -> "did you mean \"" + name + "\"?").orElse(all);
            problems.add(value.line(), value.path(), "unknown key, " + hint);
          }
        });
    children.values().forEach(Section::refuseUnknownKeys);
  }

  private Secret secretOf(String text, String fileKey) {
    Matcher reference = REFERENCE.matcher(text);
    if (!reference.matches()) {
      // The text is not quoted: it may be the secret itself.
      throw refusal("a secret must be ${env:NAME}, ${file:/path} or " + fileKey);
    }
    String variable = reference.group(1);
    if (variable == null) {
      return secretIn(reference.group(2));
    }
    String value = env.getOrDefault(variable, "");
    if (value.isEmpty()) {
      throw refusal("the environment variable " + variable + " is not set or empty");
    }
    return Secret.of(value);
  }

  private static Secret secretIn(String file) {
    try {
      return Secret.inFile(Path.of(notBlank(file)));
    } catch (InvalidPathException e) {
      throw refusal("is not a path");
    }
  }

  private Optional<Value> find(String key) {
    known.add(key);
    return Optional.ofNullable(values.get(key));
  }

  private Optional<String> scalar(Value value) {
    if (value.isNothing()) {
      problems.add(value.line(), value.path(), "has no value");
      return Optional.empty();
    }
    if (value.node() instanceof ScalarNode scalar) {
      return Optional.of(scalar.getValue());
    }
    problems.add(value.line(), value.path(), "must be a single value, not " + value.shape());
    return Optional.empty();
  }

  private List<Value> items(Value value) {
    if (value.node() instanceof SequenceNode list) {
      List<Node> nodes = list.getValue();
      return IntStream.range(0, nodes.size())
          .mapToObj(
              i -> new Value(lineOf(nodes.get(i)), value.path() + "[" + i + "]", nodes.get(i)))
          .toList();
    }
    if (!value.isNothing()) {
      problems.add(value.line(), value.path(), "must be a list, not " + value.shape());
    }
    return List.of();
  }

  private Optional<Section> child(Value value) {
    Optional<Section> child =
        Optional.ofNullable(children.get(value)).or(() -> open(value, env, problems));
    child.ifPresent(section -> children.put(value, section));
    return child;
  }

  private static Optional<Section> open(
      Value value, Map<String, String> env, ConfigException.Collector problems) {
    if (value.node() instanceof MappingNode map) {
      return Optional.of(new Section(value, map.getValue(), env, problems));
    }
    if (value.isNothing()) {
      return Optional.of(new Section(value, List.of(), env, problems));
    }
    problems.add(value.line(), value.path(), "must be a map of keys, not " + value.shape());
    return Optional.empty();
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static int lineOf(Node node) {
    return 1 + node.getStartMark().map(Mark::getLine).orElse(0);
  }

  private static String notBlank(String text) {
    if (text.isBlank()) {
      throw refusal("must not be empty");
    }
    return text;
  }

  private static IllegalArgumentException refusal(String message) {
    return new IllegalArgumentException(message);
  }

  private static String messageOf(IllegalArgumentException e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? "is not valid" : message;
  }
}
