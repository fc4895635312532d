package dev.yagura.ecs;

import dev.yagura.aws.sqs.QueueUrl;
import dev.yagura.core.config.Section;
import java.util.Optional;

/**
 * The section {@code ecs.events}: a queue into which EventBridge puts ECS' events.
 *
 * @param queueUrl its address, which names its region
 * @param account the name of the account that may read it; empty for the first
 */
record EventsConfig(String queueUrl, Optional<String> account) {

  static EventsConfig read(Section section) {
    String queueUrl = section.requiredText("queue_url");
    section.parsed("queue_url", QueueUrl::of);
    return new EventsConfig(queueUrl, section.text("account"));
  }
}
