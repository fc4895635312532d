package dev.yagura.accesslog.source;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The clients of S3 and SQS, made when they are first asked for: credentials and, where none is
 * set, the region come from the SDK's default chain, which may ask the network. For any thread.
 */
public final class AwsClients implements AutoCloseable {
  /**
   * How long to wait.
   *
   * @param call for a whole call with its repetitions; of a download, until its first byte
   * @param attempt for one attempt
   * @param silence for the next bytes of an answer, also in the middle of a download
   */
  record Patience(Duration call, Duration attempt, Duration silence) {
    static final Patience USUAL =
        new Patience(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(30));
  }

  private static final int ATTEMPTS = 3;
  private static final int MAX_REGIONS = 50;
  private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]{2,12}){1,3}-[0-9]");

  private final Optional<Region> region;
  private final Optional<URI> endpoint;
  private final Patience patience;
  // Guarded by this.
  private final Map<String, S3Client> byRegion = new HashMap<>();
  private @Nullable SdkHttpClient http;
  private @Nullable S3Client s3;
  private @Nullable SqsClient sqs;

  /**
   * Clients of one configuration.
   *
   * @param region empty for the default chain
   * @param endpoint another server than AWS; buckets are then in the path
   */
  public AwsClients(Optional<String> region, Optional<URI> endpoint) {
    this(region, endpoint, Patience.USUAL);
  }

  AwsClients(Optional<String> region, Optional<URI> endpoint, Patience patience) {
    this.region = region.map(Region::of);
    this.endpoint = endpoint;
    this.patience = patience;
  }

  /**
   * The client of S3.
   *
   * @throws SdkClientException if no region can be found
   */
  public synchronized S3Client s3() {
    S3Client made = s3;
    if (made == null) {
      made = build(S3Client.builder().forcePathStyle(endpoint.isPresent()), region);
      s3 = made;
    }
    return made;
  }

  /** The client of S3 in a region that a notification names; {@link #s3()} where it cannot be. */
  synchronized S3Client s3In(Optional<String> named) {
    Optional<String> usable =
        named.filter(name -> endpoint.isEmpty() && REGION.matcher(name).matches());
    if (usable.isEmpty() || region.map(Region::id).equals(usable)) {
      return s3();
    }
    S3Client known = byRegion.get(usable.get());
    if (known != null) {
      return known;
    }
    if (byRegion.size() >= MAX_REGIONS) {
      return s3();
    }
    S3Client made = build(S3Client.builder(), usable.map(Region::of));
    byRegion.put(usable.get(), made);
    return made;
  }

  /**
   * The client of SQS.
   *
   * @throws SdkClientException if no region can be found
   */
  public synchronized SqsClient sqs() {
    SqsClient made = sqs;
    if (made == null) {
      made = build(SqsClient.builder(), region);
      sqs = made;
    }
    return made;
  }

  private <B extends AwsClientBuilder<B, C>, C> C build(B builder, Optional<Region> where) {
    where.ifPresent(builder::region);
    endpoint.ifPresent(builder::endpointOverride);
    if (builder
        instanceof software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder<?, ?> b) {
      b.httpClient(http());
    }
    return builder.overrideConfiguration(configuration()).build();
  }

  private SdkHttpClient http() {
    SdkHttpClient made = http;
    if (made == null) {
      made = UrlConnectionHttpClient.builder().socketTimeout(patience.silence()).build();
      http = made;
    }
    return made;
  }

  private ClientOverrideConfiguration configuration() {
    return ClientOverrideConfiguration.builder()
        .apiCallTimeout(patience.call())
        .apiCallAttemptTimeout(patience.attempt())
        .retryStrategy(StandardRetryStrategy.builder().maxAttempts(ATTEMPTS).build())
        .build();
  }

  /** Closes all clients; what is being read from them may fail. */
  @Override
  public synchronized void close() {
    byRegion.values().forEach(S3Client::close);
    if (s3 != null) {
      s3.close();
    }
    if (sqs != null) {
      sqs.close();
    }
    if (http != null) {
      http.close();
    }
  }
}
