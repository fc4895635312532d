package dev.yagura.ecs.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.yagura.testing.Await;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** Prometheus itself, as the distribution packages it, in a folder and on a port of its own. */
public final class PrometheusServer implements AutoCloseable {
  private static final String ABSENT = "prometheus is not installed: apt-get install prometheus";
  private static final Pattern LISTENING =
      Pattern.compile("msg=\"?Listening on\"? .*address=127\\.0\\.0\\.1:([0-9]+)");

  private final Process process;
  private final int port;

  /**
   * Skips the test where it is not installed, and says so.
   *
   * @throws AssertionError instead, where {@code YAGURA_REQUIRE_PACKAGES=true} forbids the skip
   */
  public static void assumePresent() {
    if (find().isEmpty() && Boolean.parseBoolean(System.getenv("YAGURA_REQUIRE_PACKAGES"))) {
      throw new AssertionError(ABSENT);
    }
    Assumptions.assumeTrue(find().isPresent(), ABSENT);
  }

  /** Starts it with this configuration; its files are in the folder. */
  public PrometheusServer(Path folder, String configuration) throws IOException {
    Path file = Files.writeString(folder.resolve("prometheus.yml"), configuration);
    Path log = folder.resolve("log");
    process =
        new ProcessBuilder(
                find().orElseThrow().toString(),
                "--config.file=" + file,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:0")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      Await.until("Prometheus listens", () -> !process.isAlive() || listening(log).isPresent());
      port = listening(log).orElseThrow(() -> new IllegalStateException("it ended: " + read(log)));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private static Optional<Integer> listening(Path log) {
    Matcher line = LISTENING.matcher(read(log));
    return line.find() ? Optional.of(Integer.parseInt(line.group(1))) : Optional.empty();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a query gives now, as its API writes it. */
  public JsonNode query(String query) {
    String asked = URLEncoder.encode(query, StandardCharsets.UTF_8);
    URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/query?query=" + asked);
    try (InputStream answer = uri.toURL().openStream()) {
      return new JsonMapper().readTree(answer).path("data").path("result");
    } catch (IOException e) {
      // It listens before it answers.
      return JsonMapper.builder().build().createArrayNode();
    }
  }

  private static Optional<Path> find() {
    String path = System.getenv("PATH");
    return Arrays.stream((path == null ? "" : path).split(File.pathSeparator, -1))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, "prometheus"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
