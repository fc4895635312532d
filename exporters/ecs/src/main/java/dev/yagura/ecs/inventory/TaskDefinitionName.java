package dev.yagura.ecs.inventory;

/**
 * Which task definition.
 *
 * @param arn of this revision; it never changes what it means
 * @param family all revisions have in common
 * @param revision from 1; 0 if the ARN does not say
 */
public record TaskDefinitionName(String arn, String family, int revision) {

  /** Reads {@code arn:aws:ecs:region:account:task-definition/family:revision}. */
  public static TaskDefinitionName of(String arn) {
    String last = Arns.name(arn);
    int colon = last.lastIndexOf(':');
    if (colon < 0) {
      return new TaskDefinitionName(arn, last, 0);
    }
    try {
      return new TaskDefinitionName(
          arn, last.substring(0, colon), Integer.parseInt(last, colon + 1, last.length(), 10));
    } catch (NumberFormatException e) {
      return new TaskDefinitionName(arn, last, 0);
    }
  }
}
