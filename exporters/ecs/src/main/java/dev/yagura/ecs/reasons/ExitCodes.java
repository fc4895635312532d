package dev.yagura.ecs.reasons;

import dev.yagura.ecs.inventory.Container;
import dev.yagura.ecs.inventory.Task;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Of the exit codes of a task's containers, the one that tells why the task stopped. */
public final class ExitCodes {
  private static final int KILLED = 137;
  private static final int TERMINATED = 143;
  private static final int MAX = 255;
  private static final String OTHER = "other";

  private ExitCodes() {}

  /**
   * The code as a label: {@code 0} to {@code 255}, {@code other} for a number that no process exits
   * with on Linux, empty if no container has one. A container that has a reason of its own comes
   * first; then one that ended by itself. One that is stopped because another ended usually has 137
   * or 143, by its signal.
   */
  public static String label(Task task) {
    return task.containers().stream()
        .filter(container -> container.exitCode() != null)
        .min(Comparator.comparingInt(ExitCodes::rank).thenComparing(StopReason::ofContainer))
        .map(container -> label(container.exitCode()))
        .orElse("");
  }

  private static int rank(Container container) {
    if (StopReason.ofContainer(container).isSpecific()) {
      return 0;
    }
    int code = container.exitCode() == null ? 0 : container.exitCode();
    return switch (code) {
      case KILLED -> 2;
      case 0 -> 3;
      case TERMINATED -> 4;
      default -> 1;
    };
  }

  private static String label(@Nullable Integer code) {
    if (code == null) {
      return "";
    }
    return code >= 0 && code <= MAX ? Integer.toString(code) : OTHER;
  }
}
