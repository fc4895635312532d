package dev.yagura.testing.aws;

import dev.yagura.testing.FakeClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/** A double, a clock, and clients that talk to it and are closed with it. */
final class Bed implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  /** Threads of the JDK, which end some seconds after the last connection. */
  static final String KEEP_ALIVE = "Keep-Alive-";

  static final String REGION = "eu-central-1";

  final FakeClock clock = FakeClock.at(NOON);
  final AwsDouble aws = AwsDouble.start(clock);
  private final Deque<SdkClient> clients = new ArrayDeque<>();

  /** A client that never retries, of a user whom nobody declared. */
  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C client(
      B builder) {
    return client(builder, AwsBasicCredentials.create("AKIATEST", "secret"));
  }

  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C client(
      B builder, AwsCredentials credentials) {
    return client(builder, credentials, 1);
  }

  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C client(
      B builder, AwsCredentials credentials, int attempts) {
    URI endpoint = aws.endpoint();
    C client =
        builder
            .endpointOverride(endpoint)
            .region(Region.of(REGION))
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            .overrideConfiguration(
                config ->
                    config
                        .retryStrategy(
                            DefaultRetryStrategy.standardStrategyBuilder()
                                .maxAttempts(attempts)
                                .build())
                        .apiCallTimeout(Duration.ofSeconds(30)))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    clients.push(client);
    return client;
  }

  @Override
  public void close() {
    clients.forEach(SdkClient::close);
    aws.close();
  }
}
