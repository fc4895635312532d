package dev.yagura.ecs.reasons;

import dev.yagura.ecs.inventory.Container;
import dev.yagura.ecs.inventory.Task;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a task stopped. The table of the sentences by which each is known is that of the constants,
 * and its order is one of precedence: a text that fits several is the first of them, and of several
 * containers the one whose reason stands first tells why.
 */
public enum StopReason {
  OUT_OF_MEMORY(
      Phrase.of("outofmemoryerror"),
      Phrase.of("container killed due to memory usage"),
      Phrase.of("oom-killed (memory limit too low"),
      Phrase.of("cannot allocate memory")),
  DISK_FULL(Phrase.of("no space left on device"), Phrase.of("thin pool has", "free data blocks")),
  SPOT_INTERRUPTION(Phrase.of("spot task was interrupted"), Phrase.of("spotinterruption")),
  HOST_MAINTENANCE(
      Phrase.of("performing maintenance on the underlying infrastructure"),
      Phrase.of("scheduled for retirement")),
  HOST_DRAINING(Phrase.of("container instance is in draining state")),
  HOST_TERMINATED(
      Phrase.of("host ec", " (instance ", "terminated"),
      Phrase.of("host ec", " (instance ", "stopped"),
      Phrase.of("container instance deregistration forced")),
  LOAD_BALANCER_HEALTH_CHECK(Phrase.of("failed elb health checks")),
  CONTAINER_HEALTH_CHECK(Phrase.of("failed container health checks")),
  /** Also where the registry does not let in. */
  IMAGE_PULL(
      Phrase.of("cannotpull"),
      Phrase.of("unable to retrieve ecr registry auth"),
      Phrase.of("registry auth from amazon ecr")),
  SECRETS(
      Phrase.of("unable to pull secrets"),
      Phrase.of("unable to retrieve secret"),
      Phrase.of("fetching secret data from"),
      Phrase.of("failed to fetch secret"),
      Phrase.of("retrieve the secret with arn")),
  LOG_DRIVER(
      Phrase.of("initialize logging driver"),
      Phrase.of("failed to validate logger args"),
      Phrase.of("failed to create cloudwatch log")),
  VOLUME_MOUNT(
      Phrase.of("failed to invoke efs utils"),
      Phrase.of("mount.nfs"),
      Phrase.of("waiting for ephemeralstorage provisioning"),
      Phrase.of("ebs volume"),
      Phrase.of("cannotcreatevolumeerror"),
      Phrase.of("cannotinspectvolumeerror"),
      Phrase.of("failed to mount local volume"),
      Phrase.of("error while creating mount source path")),
  NETWORK_INTERFACE(
      Phrase.of("network interface"), Phrase.of("resource:eni"), Phrase.of("cannotsetupnetwork")),
  /** The role of the task or of its execution cannot be taken. */
  TASK_ROLE(Phrase.of("unable to assume the role")),
  CAPACITY_UNAVAILABLE(
      Phrase.of("capacity is unavailable"),
      Phrase.of("resource:cpu"),
      Phrase.of("resource:memory"),
      Phrase.of("resource:ports"),
      Phrase.of("resource:gpu"),
      Phrase.of("resource:fargate"),
      Phrase.of("empty capacity provider"),
      Phrase.of("no container instances were found")),
  /** An instance is there, and it is not one that this task may run on. */
  PLACEMENT_FAILED(
      Phrase.of("placement constraint unsatisfied"),
      Phrase.exactly("agent"),
      Phrase.exactly("attribute"),
      Phrase.exactly("taskfailedtostart: agent"),
      Phrase.exactly("taskfailedtostart: attribute"),
      Phrase.of("not compatible with the selected compute strategy")),
  RESOURCE_INITIALIZATION(Phrase.of("resourceinitializationerror")),
  CONTAINER_CREATE(Phrase.of("cannotcreatecontainererror")),
  CONTAINER_START(Phrase.of("cannotstartcontainererror"), Phrase.of("oci runtime create failed")),
  /** The agent or the container runtime fails or takes too long. */
  CONTAINER_RUNTIME(
      Phrase.of("dockertimeouterror"),
      Phrase.of("docker timeout error"),
      Phrase.of("containerruntimeerror"),
      Phrase.of("containerruntimetimeouterror"),
      Phrase.of("could not transition to", "timed out after waiting"),
      Phrase.of("cannotinspectcontainererror"),
      Phrase.of("cannotdescribecontainererror"),
      Phrase.of("cannotstopcontainererror"),
      Phrase.of("cannotremovecontainererror"),
      Phrase.of("cannotgetdockerclienterror"),
      Phrase.of("dockerstateerror"),
      Phrase.of("containervanishederror"),
      Phrase.of("nosuchcontainererror")),
  /** Another container of the task did not do what this one waits for. */
  DEPENDENCY_FAILED(
      Phrase.of("container ordering dependency"),
      Phrase.of("dependency did not exit successfully")),
  INFRASTRUCTURE_HEALTH(
      Phrase.of("infrastructurehealth"), Phrase.of("unhealthy container instance")),
  USER_INITIATED(Phrase.of("stopped by user")),
  /** There are more tasks than are desired. */
  SCALING(Phrase.of("scaling activity initiated"), Phrase.of("service scheduler initiated")),
  /** Tasks of another deployment take the place. */
  DEPLOYMENT,
  ESSENTIAL_CONTAINER_EXITED(Phrase.of("essential container")),
  /** Nothing that is known. */
  OTHER;

  private static final String DEPLOYMENT_ID = "ecs-svc/";
  private static final String FARGATE_SPOT = "FARGATE_SPOT";

  @SuppressWarnings("ImmutableEnumChecker") // List.of is.
  private final List<Phrase> phrases;

  StopReason(Phrase... phrases) {
    this.phrases = List.of(phrases);
  }

  /** The value of the label {@code reason}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Why this task stopped: by its text; where that tells nothing of its own, by the reasons of its
   * containers; else by its stop code.
   *
   * @param primaryDeploymentId of its service, if that is known
   */
  public static StopReason of(Task task, Optional<String> primaryDeploymentId) {
    String text = Phrase.plain(task.stoppedReason());
    StopReason told = ofText(text);
    String code = task.stopCode() == null ? "" : task.stopCode();
    // What StopTask was called with is a user's free text, and says what it likes.
    if (code.equals(StopCodes.USER_INITIATED) && told != HOST_TERMINATED) {
      return USER_INITIATED;
    }
    // Of an instance that is taken back, the text says only that it was terminated.
    if (code.equals(StopCodes.SPOT_INTERRUPTION)) {
      return SPOT_INTERRUPTION;
    }
    StopReason known = told.isSpecific() ? told : ofContainers(task).orElse(told);
    StopReason reason = known == OTHER ? ofCode(code, task) : known;
    return reason == SCALING && isReplaced(task, text, primaryDeploymentId) ? DEPLOYMENT : reason;
  }

  /** What the reason of one container tells; OTHER if nothing. */
  static StopReason ofContainer(Container container) {
    return ofText(Phrase.plain(container.reason()));
  }

  /** Whether it says more than that a container exited. */
  boolean isSpecific() {
    return this != OTHER && this != ESSENTIAL_CONTAINER_EXITED;
  }

  List<Phrase> phrases() {
    return phrases;
  }

  private static StopReason ofText(String plain) {
    return Arrays.stream(values())
        .filter(reason -> reason.phrases.stream().anyMatch(phrase -> phrase.isIn(plain)))
        .findFirst()
        .orElse(OTHER);
  }

  private static Optional<StopReason> ofContainers(Task task) {
    return task.containers().stream()
        .map(StopReason::ofContainer)
        .filter(StopReason::isSpecific)
        .min(Comparator.naturalOrder());
  }

  private static StopReason ofCode(String code, Task task) {
    return switch (code) {
      case StopCodes.ESSENTIAL_CONTAINER_EXITED -> ESSENTIAL_CONTAINER_EXITED;
      case StopCodes.SERVICE_SCHEDULER_INITIATED -> SCALING;
      case StopCodes.INFRASTRUCTURE_HEALTH -> INFRASTRUCTURE_HEALTH;
      case StopCodes.TERMINATION_NOTICE ->
          FARGATE_SPOT.equals(task.capacityProvider()) ? SPOT_INTERRUPTION : HOST_TERMINATED;
      default -> OTHER;
    };
  }

  private static boolean isReplaced(Task task, String text, Optional<String> primary) {
    String own = task.startedBy();
    if (own == null) {
      return false;
    }
    String named = deploymentIn(text);
    return primary.filter(id -> !id.equals(own)).isPresent()
        || (named != null && !named.equalsIgnoreCase(own));
  }

  private static @Nullable String deploymentIn(String text) {
    int start = text.indexOf(DEPLOYMENT_ID);
    if (start < 0) {
      return null;
    }
    int end = start + DEPLOYMENT_ID.length();
    while (Character.isLetterOrDigit(text.charAt(end))) {
      end++;
    }
    return text.substring(start, end);
  }
}
