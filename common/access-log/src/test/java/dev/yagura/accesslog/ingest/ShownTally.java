package dev.yagura.accesslog.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes down all that it shows, for who looks at it after its process was killed. */
class ShownTally extends WordTally {
  private static final String FILE = "published";

  private final Path folder;

  ShownTally(Path folder) {
    this.folder = folder;
  }

  @Override
  public void publish() {
    super.publish();
    List<String> pairs = new ArrayList<>();
    shown().forEach((word, lines) -> pairs.add(word + "=" + lines));
    append(folder.resolve(FILE), String.join(",", pairs));
  }

  /** All that was ever shown in a folder, in its order, over all processes. */
  static List<Map<String, Long>> published(Path folder) {
    List<Map<String, Long>> published = new ArrayList<>();
    for (String line : lines(folder.resolve(FILE))) {
      Map<String, Long> shown = new TreeMap<>();
      for (String pair : line.split(",", -1)) {
        if (!pair.isEmpty()) {
          shown.put(pair.split("=", 2)[0], Long.parseLong(pair.split("=", 2)[1]));
        }
      }
      published.add(shown);
    }
    return published;
  }

  static void append(Path file, String line) {
    try {
      Files.write(
          file,
          (line + "\n").getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          StandardOpenOption.SYNC);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whole lines; none if there is no such file. */
  static List<String> lines(Path file) {
    try {
      String text = Files.exists(file) ? Files.readString(file) : "";
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
