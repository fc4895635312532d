package dev.yagura.accesslog.source;

import dev.yagura.aws.client.AccountSettings;
import dev.yagura.aws.client.AwsAccount;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.client.Patience;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The clients of S3 and SQS, made when they are first asked for: credentials and, where none is
 * set, the region come from the SDK's default chain, which may ask the network. For any thread.
 */
public final class AwsClients implements AutoCloseable {
  private static final int MAX_REGIONS = 50;

  private final Optional<String> region;
  private final Optional<URI> endpoint;
  private final AwsAccount account;
  // Guarded by this.
  private final Map<String, S3Client> byRegion = new HashMap<>();
  private @Nullable S3Client s3;
  private @Nullable SqsClient sqs;

  /**
   * Clients of one configuration.
   *
   * @param region empty for the default chain
   * @param endpoint another server than AWS; buckets are then in the path
   * @param use where their calls are counted
   */
  public AwsClients(Optional<String> region, Optional<URI> endpoint, AwsUse use) {
    this(region, endpoint, Patience.USUAL, use);
  }

  AwsClients(Optional<String> region, Optional<URI> endpoint, Patience patience, AwsUse use) {
    this.region = region;
    this.endpoint = endpoint;
    this.account = new AwsAccount(AccountSettings.defaults(), endpoint, patience, use);
  }

  /**
   * The client of S3.
   *
   * @throws SdkClientException if no region can be found
   */
  public synchronized S3Client s3() {
    S3Client made = s3;
    if (made == null) {
      made = account.client(S3Client.builder().forcePathStyle(endpoint.isPresent()), here());
      s3 = made;
    }
    return made;
  }

  /** The client of S3 in a region that a notification names; {@link #s3()} where it cannot be. */
  synchronized S3Client s3In(Optional<String> named) {
    Optional<String> usable =
        named.filter(name -> endpoint.isEmpty() && AccountSettings.isRegion(name));
    if (usable.isEmpty() || region.equals(usable)) {
      return s3();
    }
    S3Client known = byRegion.get(usable.get());
    if (known != null) {
      return known;
    }
    if (byRegion.size() >= MAX_REGIONS) {
      return s3();
    }
    S3Client made = account.client(S3Client.builder(), usable.get());
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
      made = account.client(SqsClient.builder(), here());
      sqs = made;
    }
    return made;
  }

  private String here() {
    return region.orElseGet(AwsAccount::defaultRegion);
  }

  /** Closes all clients; what is being read from them may fail. */
  @Override
  public void close() {
    account.close();
  }
}
