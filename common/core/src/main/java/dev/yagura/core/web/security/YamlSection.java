package dev.yagura.core.web.security;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One mapping of the file; a missing, null or blank value counts as not given. */
final class YamlSection {
  /** A scalar and where it stands. */
  record Text(String value, int line) {}

  private final String name;
  private final int line;
  private final Problems problems;
  private final Map<String, Node> values = new LinkedHashMap<>();

  private YamlSection(String name, int line, Problems problems) {
    this.name = name;
    this.line = line;
    this.problems = problems;
  }

  /** A section in which only the known keys may stand. */
  static Optional<YamlSection> of(Node node, String name, Set<String> known, Problems problems) {
    Optional<YamlSection> section = anyKeys(node, name, problems);
    section.ifPresent(s -> s.refuseUnknown(known));
    return section;
  }

  /** A section whose keys are names that the operator chose. */
  static Optional<YamlSection> anyKeys(Node node, String name, Problems problems) {
    if (isNull(node)) {
      return Optional.empty();
    }
    if (!(node instanceof MappingNode mapping)) {
      problems.add(lineOf(node), name + " must be a mapping");
      return Optional.empty();
    }
    YamlSection section = new YamlSection(name, lineOf(node), problems);
    for (NodeTuple tuple : mapping.getValue()) {
      section.put(tuple);
    }
    return Optional.of(section);
  }

  private void put(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode)) {
      problems.add(lineOf(tuple.getKeyNode()), "a key in " + name + " is not a plain name");
      return;
    }
    String key = ((ScalarNode) tuple.getKeyNode()).getValue();
    if (values.put(key, tuple.getValueNode()) != null) {
      problems.add(lineOf(tuple.getKeyNode()), "`" + key + "` is given twice in " + name);
    }
  }

  private void refuseUnknown(Set<String> known) {
    values.forEach(
        (key, node) -> {
          if (!known.contains(key)) {
            String hint =
                NearestName.to(key, known).map(n -> "; did you mean `" + n + "`?").orElse("");
            problems.add(lineOf(node), "unknown key `" + key + "` in " + name + hint);
          }
        });
  }

  int line() {
    return line;
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  boolean has(String key) {
    return given(key).isPresent();
  }

  Set<String> keys() {
    return values.keySet();
  }

  int lineOf(String key) {
    return Optional.ofNullable(values.get(key)).map(YamlSection::lineOf).orElse(line);
  }

  Optional<Text> text(String key) {
    return given(key).flatMap(node -> scalar(node, key));
  }

  boolean flag(String key, boolean otherwise) {
    Optional<Text> text = text(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    String value = text.get().value();
    if (!value.equals("true") && !value.equals("false")) {
      problems.add(text.get().line(), key + " must be true or false");
    }
    return value.equals("true");
  }

  List<Text> texts(String key) {
    List<Text> found = new ArrayList<>();
    Optional<Node> node = given(key);
    if (node.isPresent() && node.get() instanceof SequenceNode list) {
      for (Node item : list.getValue()) {
        scalar(item, key).ifPresent(found::add);
      }
    } else if (node.isPresent()) {
      problems.add(lineOf(node.get()), key + " must be a list");
    }
    return found;
  }

  Optional<YamlSection> section(String key, Set<String> known) {
    return given(key).flatMap(node -> of(node, key, known, problems));
  }

  Optional<YamlSection> names(String key) {
    return given(key).flatMap(node -> anyKeys(node, key, problems));
  }

  private Optional<Node> given(String key) {
    return Optional.ofNullable(values.get(key)).filter(node -> !isNull(node) && !isBlank(node));
  }

  private Optional<Text> scalar(Node node, String key) {
    if (node instanceof ScalarNode scalar) {
      return Optional.of(new Text(scalar.getValue(), lineOf(node)));
    }
    problems.add(lineOf(node), key + " must be a single value");
    return Optional.empty();
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static boolean isBlank(Node node) {
    return node instanceof ScalarNode scalar && scalar.getValue().isBlank();
  }

  private static int lineOf(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
