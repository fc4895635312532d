package dev.yagura.accesslog.source;

import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.client.Patience;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Clients of servers in this JVM. */
final class TestAws {
  private static final Patience SHORT =
      new Patience(Duration.ofSeconds(9), Duration.ofSeconds(3), Duration.ofSeconds(3));

  /** Where all of them are counted. */
  static final AwsUse USE = AwsUse.fresh(Clock.systemUTC(), System::nanoTime);

  private TestAws() {}

  /** With the patience of production. */
  static AwsClients at(URI endpoint) {
    credentials();
    return new AwsClients(Optional.of("ap-northeast-1"), Optional.of(endpoint), USE);
  }

  /** With the patience of production, counted where the test can look. */
  static AwsClients at(URI endpoint, AwsUse use) {
    credentials();
    return new AwsClients(Optional.of("ap-northeast-1"), Optional.of(endpoint), use);
  }

  /** For servers that never answer. */
  static AwsClients impatientAt(URI endpoint) {
    credentials();
    return new AwsClients(Optional.of("ap-northeast-1"), Optional.of(endpoint), SHORT, USE);
  }

  /** The default chain looks here first; nobody checks them. */
  static void credentials() {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }
}
