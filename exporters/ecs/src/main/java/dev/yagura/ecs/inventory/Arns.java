package dev.yagura.ecs.inventory;

/** What stands last in the ARNs of ECS. */
public final class Arns {
  private Arns() {}

  /** What stands behind the last slash: the name of a cluster or service, the id of a task. */
  public static String name(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }
}
