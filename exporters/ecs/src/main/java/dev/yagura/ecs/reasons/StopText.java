package dev.yagura.ecs.reasons;

import dev.yagura.ecs.inventory.Container;
import dev.yagura.ecs.inventory.Task;

/** What was looked at to find why a task stopped, for the log. */
public final class StopText {
  private static final int MAX_LENGTH = 300;

  private StopText() {}

  /**
   * The text of the task and the reasons of its containers, at most 300 characters of them. What is
   * no plain character, such as a line break or a change of direction, is a space.
   */
  public static String of(Task task) {
    StringBuilder text = new StringBuilder(MAX_LENGTH);
    append(text, task.stoppedReason() == null ? "" : task.stoppedReason());
    for (Container container : task.containers()) {
      if (container.reason() != null && !container.reason().isBlank()) {
        append(text, "; " + container.name() + ": " + container.reason());
      }
    }
    return text.toString().strip();
  }

  private static void append(StringBuilder text, String more) {
    int i = 0;
    while (i < more.length()) {
      int point = more.codePointAt(i);
      i += Character.charCount(point);
      if (text.length() + Character.charCount(point) > MAX_LENGTH) {
        return;
      }
      text.appendCodePoint(isPlain(point) ? point : ' ');
    }
  }

  private static boolean isPlain(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
