package dev.yagura.core.web.security;

import dev.yagura.core.web.security.YamlSection.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a web config file and all that it points to, or says everything that is wrong with it. */
final class WebConfigReader {
  private static final Set<String> KEYS =
      Set.of("tls_server_config", "http_server_config", "basic_auth_users", "rate_limit");

  /** Each header the toolkit lets through, with its values where they are a closed set. */
  private static final Map<String, Set<String>> HEADERS =
      Map.of(
          "Content-Security-Policy", Set.of(),
          "Strict-Transport-Security", Set.of(),
          "X-Content-Type-Options", Set.of("nosniff"),
          "X-Frame-Options", Set.of("deny", "sameorigin"),
          "X-XSS-Protection", Set.of());

  private final Path file;
  private final FileStamps files;
  private final Problems problems;
  private final List<String> notes = new ArrayList<>();

  private WebConfigReader(Path file, FileStamps files) {
    this.file = file.toAbsolutePath();
    this.files = files;
    this.problems = new Problems(file);
  }

  static WebConfig read(Path file, FileStamps files) {
    return new WebConfigReader(file, files).read();
  }

  private WebConfig read() {
    Optional<YamlSection> root =
        compose().flatMap(node -> YamlSection.of(node, "the file", KEYS, problems));
    WebConfig config =
        new WebConfig(
            root.flatMap(this::tls).orElse(null),
            root.map(this::headers).orElse(Map.of()),
            root.map(this::users).orElse(Map.of()),
            root.flatMap(r -> r.section("rate_limit", Set.of("interval", "burst")))
                .map(this::rateLimit)
                .orElse(null),
            List.copyOf(notes));
    problems.refuseIfAny();
    return config;
  }

  private Optional<Node> compose() {
    try {
      String text = new String(files.read(file), StandardCharsets.UTF_8);
      return new Compose(LoadSettings.builder().build()).composeString(text);
    } catch (IOException e) {
      problems.add(Problems.reason(e));
    } catch (MarkedYamlEngineException e) {
      // Not the whole message: it quotes the text around, which may be a key.
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      problems.add(line, "is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problems.add("is not YAML");
    }
    return Optional.empty();
  }

  private Optional<TlsConfig> tls(YamlSection root) {
    Optional<YamlSection> section = root.section("tls_server_config", TlsSection.KEYS);
    if (section.isEmpty() || section.get().isEmpty()) {
      return Optional.empty();
    }
    Path directory = Optional.ofNullable(file.getParent()).orElse(file);
    PemSettings pems = new PemSettings(section.get(), directory, files, problems);
    return new TlsSection(section.get(), pems, problems, notes).read();
  }

  private Map<String, String> headers(YamlSection root) {
    Optional<YamlSection> http = root.section("http_server_config", Set.of("http2", "headers"));
    if (http.isEmpty()) {
      return Map.of();
    }
    if (http.get().flag("http2", false)) {
      notes.add("http2 is accepted in the file, but this server speaks HTTP/1.1 only");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    http.get()
        .section("headers", HEADERS.keySet())
        .ifPresent(
            section ->
                HEADERS.forEach(
                    (name, values) ->
                        section.text(name).ifPresent(text -> header(headers, name, text, values))));
    return Map.copyOf(headers);
  }

  private void header(Map<String, String> headers, String name, Text text, Set<String> values) {
    if (!values.isEmpty() && !values.contains(text.value())) {
      problems.add(text.line(), name + " must be one of " + String.join(", ", values));
    }
    if (text.value().chars().anyMatch(c -> (c < ' ' && c != '\t') || c > '~')) {
      problems.add(text.line(), name + " must be one line of printable ASCII");
    }
    headers.put(name, text.value());
  }

  private Map<String, BcryptHash> users(YamlSection root) {
    Map<String, BcryptHash> users = new LinkedHashMap<>();
    Optional<YamlSection> section = root.names("basic_auth_users");
    for (String name : section.map(YamlSection::keys).orElse(Set.of())) {
      int line = section.orElseThrow().lineOf(name);
      if (name.contains(":")) {
        problems.add(line, "basic_auth_users: a user's name cannot contain `:`");
      }
      Optional<BcryptHash> hash =
          section.orElseThrow().text(name).flatMap(text -> BcryptHash.parse(text.value()));
      hash.ifPresent(h -> users.put(name, h));
      if (hash.isEmpty()) {
        problems.add(
            line, "basic_auth_users: `" + name + "` needs a bcrypt hash ($2a$, $2b$ or $2y$)");
      }
    }
    return users;
  }

  private @Nullable RateLimit rateLimit(YamlSection section) {
    OptionalLong interval =
        section.text("interval").map(t -> GoDuration.nanos(t.value())).orElse(OptionalLong.of(0));
    if (interval.isEmpty()) {
      problems.add(section.lineOf("interval"), "interval must be a duration such as 100ms");
      return null;
    }
    Optional<Text> burst = section.text("burst");
    boolean usable = burst.isPresent() && burst.get().value().matches("[1-9]\\d{0,5}");
    if (interval.getAsLong() == 0) {
      return null;
    }
    if (!usable) {
      problems.add(section.lineOf("burst"), "burst must be a number from 1 to 999999");
      return null;
    }
    return new RateLimit(interval.getAsLong(), Integer.parseInt(burst.orElseThrow().value()));
  }
}
