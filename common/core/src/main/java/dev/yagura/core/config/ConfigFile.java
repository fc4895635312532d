package dev.yagura.core.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * One YAML 1.2 document as a configuration: UTF-8, at most 1 MiB, no anchors, aliases or tags.
 *
 * <p>A reader is a function from a {@link Section} to a record: it asks for each key it knows, then
 * builds the record. What was wrong on the way is collected, and the record is handed out only if
 * nothing was.
 */
public final class ConfigFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 32;

  private ConfigFile() {}

  /**
   * What {@code root} reads from a file. A file without any key is read as an empty section.
   *
   * @param env the environment that {@code ${env:NAME}} is looked up in
   * @throws ConfigException if the file cannot be read or anything in it is wrong
   */
  public static <T> T load(Path file, Map<String, String> env, Function<Section, T> root)
      throws ConfigException {
    ConfigException.Collector problems = new ConfigException.Collector(file.toString());
    String text = text(file, problems);
    problems.throwIfAny();
    return parse(text, env, root, problems);
  }

  /**
   * What {@code root} reads from a text, as {@link #load} would from a file of that name.
   *
   * @throws ConfigException if anything in the text is wrong
   */
  public static <T> T parse(
      String fileName, String text, Map<String, String> env, Function<Section, T> root)
      throws ConfigException {
    return parse(text, env, root, new ConfigException.Collector(fileName));
  }

  private static <T> T parse(
      String text,
      Map<String, String> env,
      Function<Section, T> root,
      ConfigException.Collector problems)
      throws ConfigException {
    Optional<Node> document = document(text, problems);
    problems.throwIfAny();
    Optional<Section> section = Section.root(document, env, problems);
    Optional<T> result = section.flatMap(keys -> keys.readWith(root));
    section.ifPresent(Section::refuseUnknownKeys);
    problems.throwIfAny();
    return result.orElseThrow();
  }

  private static String text(Path file, ConfigException.Collector problems) {
    byte[] bytes = {};
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      problems.add("no such file");
    } catch (AccessDeniedException e) {
      problems.add("no permission to read it");
    } catch (IOException e) {
      problems.add("cannot be read: " + e.getMessage());
    }
    if (bytes.length > MAX_BYTES) {
      problems.add("longer than " + MAX_BYTES + " bytes");
      return "";
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    if (StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
      String before = new String(bytes, 0, in.position(), StandardCharsets.UTF_8);
      problems.add(lineAtEndOf(before), "", "not UTF-8");
    }
    return out.flip().toString();
  }

  private static Optional<Node> document(String text, ConfigException.Collector problems) {
    // Every scalar stays the text that was written; the accessor that is asked gives it a type.
    LoadSettings settings = LoadSettings.builder().setSchema(new FailsafeSchema()).build();
    try {
      int before = problems.reports();
      refuseWhatIsNotPlain(new Parse(settings).parseString(text), problems);
      return problems.reports() > before
          ? Optional.empty()
          : new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      problems.add(line(e.getProblemMark()), "", syntaxError(e));
    } catch (ReaderException e) {
      String before = text.substring(0, text.offsetByCodePoints(0, e.getPosition()));
      problems.add(
          lineAtEndOf(before), "", "unprintable character U+%04X".formatted(e.getCodePoint()));
    } catch (YamlEngineException e) {
      problems.add("not YAML 1.2: " + e.getMessage());
    }
    return Optional.empty();
  }

  private static void refuseWhatIsNotPlain(
      Iterable<Event> events, ConfigException.Collector problems) {
    int line = 1;
    int documents = 0;
    int depth = 0;
    try {
      for (Event event : events) {
        line = line(event.getStartMark());
        documents += event instanceof DocumentStartEvent ? 1 : 0;
        depth += event instanceof CollectionStartEvent ? 1 : 0;
        depth -= event instanceof CollectionEndEvent ? 1 : 0;
        if (documents > 1) {
          problems.add(line, "", "a second document: a configuration is one document");
          return;
        }
        if (depth > MAX_DEPTH) {
          problems.add(line, "", "nested more than " + MAX_DEPTH + " deep");
          return;
        }
        if (event instanceof AliasEvent || isAnchoredOrTagged(event)) {
          // It is not quoted: a secret may begin with one of these.
          problems.add(line, "", "anchors (&), aliases (*) and tags (!) are not supported");
        }
      }
    } catch (NumberFormatException e) {
      // The parser lets it out, without a mark, and its message quotes the text.
      problems.add(line, "", "not YAML: a broken \\x, \\u or \\U escape in this line or after it");
    }
  }

  private static boolean isAnchoredOrTagged(Event event) {
    return (event instanceof NodeEvent node && node.getAnchor().isPresent())
        || (event instanceof ScalarEvent scalar && scalar.getTag().isPresent())
        || (event instanceof CollectionStartEvent start && start.getTag().isPresent());
  }

  /** The parser's own words, without the characters that it quotes: they may be a secret's. */
  private static String syntaxError(MarkedYamlEngineException e) {
    String problem = e.getProblem().replaceAll("(?s)(, but found| handle ).*", "");
    return "not YAML: "
        + problem
        + e.getContextMark().map(m -> ", " + e.getContext() + " from line " + line(m)).orElse("");
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(ConfigFile::line).orElse(1);
  }

  private static int line(Mark mark) {
    return mark.getLine() + 1;
  }

  private static int lineAtEndOf(String text) {
    return 1 + (int) text.chars().filter(c -> c == '\n').count();
  }
}
