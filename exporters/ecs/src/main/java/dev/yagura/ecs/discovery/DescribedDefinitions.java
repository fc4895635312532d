package dev.yagura.ecs.discovery;

import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.ecs.api.EcsApi;
import dev.yagura.ecs.inventory.TaskDefinition;
import dev.yagura.ecs.inventory.TaskDefinition.ContainerDefinition;
import dev.yagura.ecs.inventory.TaskDefinitionName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;

/**
 * Task definitions as ECS describes them. A revision never changes, so each is asked for once, and
 * what there is not is not asked for again; its tags are those of that moment. For any thread.
 */
public final class DescribedDefinitions implements TaskDefinitions {
  private static final String ACTION = "ecs:DescribeTaskDefinition";

  private final EcsClient ecs;
  private final DefinitionCache cache;

  /**
   * Asks ECS in the place that the definitions are in.
   *
   * @param cache of that place
   */
  public DescribedDefinitions(EcsApi ecs, DefinitionCache cache) {
    this.ecs = ecs.client();
    this.cache = cache;
  }

  @Override
  public Optional<TaskDefinition> of(String arn, Deadline deadline)
      throws ScrapeException, InterruptedException {
    DefinitionCache.Known found = cache.get(arn);
    if (found != null) {
      return found.definition();
    }
    if (deadline.hasPassed()) {
      throw new ScrapeException(FailureReason.TIMEOUT, "no time was left to ask " + ACTION);
    }
    Optional<TaskDefinition> described = describe(arn);
    cache.put(arn, described);
    return described;
  }

  private Optional<TaskDefinition> describe(String arn)
      throws ScrapeException, InterruptedException {
    try {
      DescribeTaskDefinitionResponse answer =
          AwsPlace.call(
              ACTION,
              () ->
                  ecs.describeTaskDefinition(
                      request -> request.taskDefinition(arn).include(TaskDefinitionField.TAGS)));
      return Optional.ofNullable(answer.taskDefinition()).map(each -> read(arn, each, answer));
    } catch (ScrapeException e) {
      // So ECS says that there is none.
      if (e.reason() == FailureReason.INVALID && e.getCause() instanceof ClientException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static TaskDefinition read(
      String arn,
      software.amazon.awssdk.services.ecs.model.TaskDefinition definition,
      DescribeTaskDefinitionResponse answer) {
    List<ContainerDefinition> containers =
        definition.containerDefinitions().stream()
            .filter(each -> each.name() != null)
            .map(
                each ->
                    new ContainerDefinition(
                        each.name(),
                        each.image(),
                        each.dockerLabels(),
                        each.portMappings().stream()
                            .map(PortMapping::containerPort)
                            .filter(Objects::nonNull)
                            .toList()))
            .toList();
    Map<String, String> tags =
        answer.tags().stream()
            .filter(tag -> tag.key() != null && tag.value() != null)
            .collect(Collectors.toMap(Tag::key, Tag::value, (one, other) -> one));
    return new TaskDefinition(
        TaskDefinitionName.of(arn), definition.networkModeAsString(), containers, tags);
  }
}
