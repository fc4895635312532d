package dev.yagura.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Prometheus' own judgement of an exposition. */
public final class Promtool {
  private static final String ABSENT = "promtool is not installed: apt-get install prometheus";

  private Promtool() {}

  /**
   * Skips the test where promtool is not installed, and says so.
   *
   * @throws AssertionError instead, where {@code YAGURA_REQUIRE_PACKAGES=true} forbids the skip
   */
  public static void assumePresent() {
    assumePresent(find(), Boolean.parseBoolean(System.getenv("YAGURA_REQUIRE_PACKAGES")));
  }

  static void assumePresent(Optional<Path> promtool, boolean required) {
    if (promtool.isEmpty() && required) {
      throw new AssertionError(ABSENT);
    }
    Assumptions.assumeTrue(promtool.isPresent(), ABSENT);
  }

  /**
   * What {@code promtool check metrics} complains of, a line each.
   *
   * @throws IllegalStateException if it is not installed
   */
  public static List<String> complaints(String exposition) {
    Path promtool = find().orElseThrow(() -> new IllegalStateException(ABSENT));
    try {
      Path input = Files.createTempFile("promtool", ".prom");
      try {
        Files.writeString(input, exposition);
        return run(promtool, input.toFile());
      } finally {
        Files.delete(input);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while promtool ran", e);
    }
  }

  private static List<String> run(Path promtool, File input)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(promtool.toString(), "check", "metrics")
            .redirectInput(input)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    List<String> lines = new ArrayList<>(output.lines().filter(line -> !line.isBlank()).toList());
    if (code != 0 && lines.isEmpty()) {
      lines.add("promtool ended with " + code);
    }
    return lines;
  }

  private static Optional<Path> find() {
    String path = System.getenv("PATH");
    return Arrays.stream((path == null ? "" : path).split(File.pathSeparator, -1))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, "promtool"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
