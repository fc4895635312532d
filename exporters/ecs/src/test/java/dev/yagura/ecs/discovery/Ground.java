package dev.yagura.ecs.discovery;

import dev.yagura.aws.client.AccountSettings;
import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.client.Patience;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.aws.AwsDouble;
import dev.yagura.testing.aws.Ec2Double;
import dev.yagura.testing.aws.EcsDouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** One account in one region of a double of AWS. */
final class Ground implements AutoCloseable {
  static final String REGION = "eu-central-1";

  private static final Patience ONCE =
      new Patience(Duration.ofSeconds(9), Duration.ofSeconds(5), Duration.ofSeconds(5), 1);

  final FakeClock clock = FakeClock.at(Instant.parse("2026-11-25T12:00:00Z"));
  final AwsDouble aws = AwsDouble.start(clock);
  private final Aws client;

  Ground() {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    var account =
        new AccountSettings(
            "prod",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "yagura",
            List.of(REGION));
    client =
        new Aws(
            new AwsSettings(OptionalDouble.empty(), List.of(account), Optional.of(aws.endpoint())),
            ONCE,
            AwsUse.fresh(clock, clock, clock::advance));
  }

  AwsPlace place() {
    return client.places().get(0);
  }

  EcsDouble ecs() {
    return aws.account().ecs(REGION);
  }

  Ec2Double ec2() {
    return aws.account().ec2(REGION);
  }

  Deadline deadline() {
    return Deadline.after(Duration.ofMinutes(1), clock);
  }

  @Override
  public void close() {
    client.close();
    aws.close();
  }
}
