package dev.yagura.ecs.reasons;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What happened to a service or to one of its deployments, by the names that EventBridge gives to
 * service action and deployment state change events. The messages of DescribeServices have no
 * names, and are known by their words. The order is one of precedence.
 */
public enum ServiceEventName {
  SERVICE_DEPLOYMENT_COMPLETED(Level.INFO, Phrase.of(" deployment completed")),
  SERVICE_DEPLOYMENT_FAILED(Level.ERROR, Phrase.of(" deployment failed")),
  /** Of the messages, only that one that begins a rollback is such an event. */
  SERVICE_DEPLOYMENT_IN_PROGRESS(Level.INFO, Phrase.of("rolling back to deployment")),
  TASKSET_STEADY_STATE(
      Level.INFO,
      Phrase.of(", taskset ", "updated state to steady_state"),
      Phrase.of(", taskset ", "has reached a steady state")),
  CAPACITY_PROVIDER_STEADY_STATE(
      Level.INFO, Phrase.of("capacity provider", "has reached a steady state")),
  SERVICE_STEADY_STATE(Level.INFO, Phrase.of("has reached a steady state")),
  SERVICE_DESIRED_COUNT_UPDATED(Level.INFO, Phrase.of(" updated computeddesiredcount ")),
  SERVICE_TASK_START_IMPAIRED(
      Level.WARN, Phrase.of("unable to consistently start tasks successfully")),
  SERVICE_DISCOVERY_INSTANCE_UNHEALTHY(
      Level.WARN,
      Phrase.of("is unhealthy in (service-registry"),
      Phrase.of("is unhealthy in (service registry")),
  /** EventBridge has no such event; the name is ours. */
  TARGET_UNHEALTHY(
      Level.WARN,
      Phrase.of("is unhealthy in (target-group"),
      Phrase.of("is unhealthy in (elb"),
      Phrase.of("is not healthy in target-group")),
  SERVICE_DAEMON_PLACEMENT_CONSTRAINT_VIOLATED(
      Level.ERROR, Phrase.of("daemon", "no longer meets", "placement constraint")),
  SERVICE_DISCOVERY_OPERATION_THROTTLED(
      Level.ERROR,
      Phrase.of("operations are being throttled on ", "discovery"),
      Phrase.of("operations are being throttled on ", "cloud map")),
  ECS_OPERATION_THROTTLED(Level.ERROR, Phrase.of("operations are being throttled")),
  SERVICE_TASK_CONFIGURATION_FAILURE(
      Level.ERROR,
      Phrase.of("failed to launch a task with (error"),
      Phrase.of("unable to place a task", "unable to assume the role"),
      Phrase.of("unable to place a task", "format must be enabled")),
  SERVICE_TASK_PLACEMENT_FAILURE(
      Level.ERROR,
      Phrase.of("unable to place a task"),
      Phrase.of("unable to place tasks"),
      Phrase.of(" could not launch ", " tasks for deployment "),
      Phrase.of("no container instances were found in your capacity provider"));

  /** How bad it is, in EventBridge's words. */
  public enum Level {
    INFO,
    WARN,
    ERROR
  }

  private final Level level;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is.
  private final List<Phrase> phrases;

  ServiceEventName(Level level, Phrase... phrases) {
    this.level = level;
    this.phrases = List.of(phrases);
  }

  /** {@code eventType} of such an event. */
  public Level level() {
    return level;
  }

  /** The event with this {@code eventName}, if it is one that is known. */
  public static Optional<ServiceEventName> named(String name) {
    return Arrays.stream(values()).filter(event -> event.name().equals(name)).findFirst();
  }

  /** Which event a message of a service is; empty for one that tells of ordinary work. */
  public static Optional<ServiceEventName> ofMessage(String message) {
    String plain = Phrase.plain(message);
    return Arrays.stream(values())
        .filter(event -> event.phrases.stream().anyMatch(phrase -> phrase.isIn(plain)))
        .findFirst();
  }

  List<Phrase> phrases() {
    return phrases;
  }
}
