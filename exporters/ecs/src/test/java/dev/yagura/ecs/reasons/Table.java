package dev.yagura.ecs.reasons;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Sentences of ECS and what each means, from a file beside the tests. */
final class Table {
  private static final String BETWEEN_CELLS = "\\|";

  private Table() {}

  /** The rows, each of this many cells; those that are not written are empty. */
  static List<List<String>> rows(String file, int cells) {
    try (InputStream in = Objects.requireNonNull(Table.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> cells(line, cells))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> cells(String line, int count) {
    String[] written = line.split(BETWEEN_CELLS, -1);
    if (written.length > count) {
      throw new IllegalArgumentException("too many cells: " + line);
    }
    String[] cells = new String[count];
    for (int i = 0; i < count; i++) {
      cells[i] = i < written.length ? written[i].strip() : "";
    }
    return Arrays.asList(cells);
  }
}
