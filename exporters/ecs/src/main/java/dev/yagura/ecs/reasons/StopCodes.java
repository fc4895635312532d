package dev.yagura.ecs.reasons;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code stopCode} of a task as a label: what AWS may add one day does not become a new series. */
public final class StopCodes {
  static final String TASK_FAILED_TO_START = "TaskFailedToStart";
  static final String ESSENTIAL_CONTAINER_EXITED = "EssentialContainerExited";
  static final String USER_INITIATED = "UserInitiated";
  static final String SERVICE_SCHEDULER_INITIATED = "ServiceSchedulerInitiated";
  static final String SPOT_INTERRUPTION = "SpotInterruption";
  static final String TERMINATION_NOTICE = "TerminationNotice";
  static final String INFRASTRUCTURE_HEALTH = "InfrastructureHealth";

  private static final Set<String> KNOWN =
      Set.of(
          TASK_FAILED_TO_START,
          ESSENTIAL_CONTAINER_EXITED,
          USER_INITIATED,
          SERVICE_SCHEDULER_INITIATED,
          SPOT_INTERRUPTION,
          TERMINATION_NOTICE,
          INFRASTRUCTURE_HEALTH);
  private static final String OTHER = "other";

  private StopCodes() {}

  /** A code that is known as AWS writes it, empty for none, {@code other} for any other. */
  public static String label(@Nullable String code) {
    if (code == null) {
      return "";
    }
    return KNOWN.contains(code) ? code : OTHER;
  }
}
