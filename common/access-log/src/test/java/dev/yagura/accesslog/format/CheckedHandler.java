package dev.yagura.accesslog.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what it is handed, and checks that no view lies outside its buffer. */
final class CheckedHandler implements LineHandler {
  private final int columns;
  private final boolean keep;
  final List<List<String>> rows = new ArrayList<>();
  long lines;
  int largestBuffer;

  CheckedHandler(int columns, boolean keep) {
    this.columns = columns;
    this.keep = keep;
  }

  @Override
  public void columns(boolean[] present) throws UnreadableLogException {
    assertThat(present).hasSize(columns);
    for (boolean one : present) {
      if (one) {
        return;
      }
    }
    throw new UnreadableLogException("none of the columns is there");
  }

  @Override
  public @Nullable Malformed line(Line line) {
    lines++;
    largestBuffer = Math.max(largestBuffer, line.buffer().length);
    List<String> row = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      if (line.has(i)) {
        int start = line.start(i);
        int end = line.end(i);
        assertThat(start).isBetween(0, end);
        assertThat(end).isLessThanOrEqualTo(line.buffer().length);
        row.add(new String(line.buffer(), start, end - start, StandardCharsets.ISO_8859_1));
      } else {
        row.add("");
      }
    }
    if (keep) {
      rows.add(row);
    }
    return null;
  }
}
