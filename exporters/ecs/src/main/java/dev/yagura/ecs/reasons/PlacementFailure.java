package dev.yagura.ecs.reasons;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Why ECS found no place for a task, from {@code reason} of an event or from a message of the
 * service. The order is one of precedence.
 */
public enum PlacementFailure {
  FARGATE_CAPACITY(Phrase.of("resource:fargate"), Phrase.of("capacity is unavailable")),
  /** A limit of the account or of the cluster is reached. */
  QUOTA(
      Phrase.of("reached the limit on the number of"),
      Phrase.of("configuration is above your limit"),
      Phrase.of("provisioning capacity limit was exceeded")),
  CPU(Phrase.of("resource:cpu"), Phrase.of("insufficient cpu")),
  MEMORY(Phrase.of("resource:memory"), Phrase.of("insufficient memory")),
  GPU(Phrase.of("resource:gpu"), Phrase.of("insufficient gpu")),
  PORTS(Phrase.of("resource:ports"), Phrase.of("already using a port required by your task")),
  NETWORK_INTERFACES(
      Phrase.of("resource:eni"), Phrase.of("network interface"), Phrase.of("insufficient eni")),
  ATTRIBUTE(
      Phrase.exactly("attribute"),
      Phrase.of("error \"attribute\""),
      Phrase.of("missing an attribute required by your task")),
  PLACEMENT_CONSTRAINT(Phrase.of("placement constraint")),
  AGENT_DISCONNECTED(
      Phrase.exactly("agent"),
      Phrase.of("error \"agent\""),
      Phrase.of("timed out waiting for amazon ecs agent")),
  /** Also where ECS names no instance that came close. */
  NO_INSTANCES(
      Phrase.of("no container instances were found"),
      Phrase.of("empty capacity provider"),
      Phrase.of("no container instance met all of its requirements." + Phrase.END),
      Phrase.of("no container instance met all of its requirements. for more information")),
  /** Nothing that is known. */
  OTHER;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is.
  private final List<Phrase> phrases;

  PlacementFailure(Phrase... phrases) {
    this.phrases = List.of(phrases);
  }

  /** The value of the label {@code reason}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What this text says; OTHER if nothing that is known. */
  public static PlacementFailure of(String text) {
    String plain = Phrase.plain(text);
    return Arrays.stream(values())
        .filter(failure -> failure.phrases.stream().anyMatch(phrase -> phrase.isIn(plain)))
        .findFirst()
        .orElse(OTHER);
  }

  List<Phrase> phrases() {
    return phrases;
  }
}
