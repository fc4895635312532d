package dev.yagura.ecs;

import dev.yagura.aws.client.AwsSettings;
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

  static EventsConfig read(Section section, AwsSettings aws) {
    String queueUrl = section.requiredText("queue_url");
    section.parsed("queue_url", QueueUrl::of);
    Optional<String> account = section.text("account");
    if (account.isPresent()
        && aws.accounts().stream().noneMatch(each -> each.name().equals(account.get()))) {
      section.problem("account", "no account of aws.accounts is called \"" + account.get() + "\"");
    }
    return new EventsConfig(queueUrl, account);
  }
}
