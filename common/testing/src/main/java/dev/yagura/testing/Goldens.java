package dev.yagura.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Texts that were looked at once and are not to change unnoticed. {@code -Dgolden.update=true}
 * writes them anew, to be looked at again in the diff of the commit.
 */
public final class Goldens {
  private static final int SHOWN = 5;

  private final Path directory;
  private final boolean update;

  Goldens(Path directory, boolean update) {
    this.directory = directory;
    this.update = update;
  }

  /** The goldens in this directory. */
  public static Goldens in(Path directory) {
    return new Goldens(directory, Boolean.getBoolean("golden.update"));
  }

  /** Those in {@code src/test/resources/golden} of the module that this test belongs to. */
  public static Goldens in(Class<?> test) {
    try {
      Path classes = Path.of(test.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path module = classes.resolve("../..").normalize();
      return in(module.resolve("src/test/resources/golden"));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * Compares a text with the golden {@code <name>.prom}.
   *
   * @throws AssertionError that shows where they part, or that there is no such golden
   */
  public void assertMatches(String name, String actual) {
    assertFileMatches(name + ".prom", actual);
  }

  /**
   * Compares a text with a file, such as a page that is generated.
   *
   * @throws AssertionError that shows where they part, or that there is no such file
   */
  public void assertFileMatches(String fileName, String actual) {
    Path file = directory.resolve(fileName);
    try {
      if (update) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, actual);
        return;
      }
      if (!Files.exists(file)) {
        throw new AssertionError(
            "there is no golden "
                + file
                + "; -Dgolden.update=true writes it. It would be:\n"
                + actual);
      }
      String expected = Files.readString(file);
      if (!expected.equals(actual)) {
        throw new AssertionError(
            file + " differs; -Dgolden.update=true accepts this.\n" + difference(expected, actual));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String difference(String expected, String actual) {
    List<String> wanted = Arrays.asList(expected.split("\n", -1));
    List<String> got = Arrays.asList(actual.split("\n", -1));
    int same = 0;
    while (same < Math.min(wanted.size(), got.size()) && wanted.get(same).equals(got.get(same))) {
      same++;
    }
    List<String> report = new ArrayList<>();
    report.add("they part at line " + (same + 1) + ":");
    if (same > 0) {
      report.add("  " + wanted.get(same - 1));
    }
    show("- ", wanted, same, report);
    show("+ ", got, same, report);
    return String.join("\n", report);
  }

  private static void show(String sign, List<String> lines, int from, List<String> report) {
    int to = Math.min(lines.size(), from + SHOWN);
    lines.subList(from, to).forEach(line -> report.add(sign + line));
    if (to < lines.size()) {
      report.add(sign + "(" + (lines.size() - to) + " lines more)");
    }
  }
}
