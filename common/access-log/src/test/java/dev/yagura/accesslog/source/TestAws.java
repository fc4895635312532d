package dev.yagura.accesslog.source;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Clients of servers in this JVM. */
final class TestAws {
  private static final AwsClients.Patience SHORT =
      new AwsClients.Patience(Duration.ofSeconds(9), Duration.ofSeconds(3), Duration.ofSeconds(3));

  private TestAws() {}

  /** With the patience of production. */
  static AwsClients at(URI endpoint) {
    credentials();
    return new AwsClients(Optional.of("ap-northeast-1"), Optional.of(endpoint));
  }

  /** For servers that never answer. */
  static AwsClients impatientAt(URI endpoint) {
    credentials();
    return new AwsClients(Optional.of("ap-northeast-1"), Optional.of(endpoint), SHORT);
  }

  /** The default chain looks here first; nobody checks them. */
  static void credentials() {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }
}
