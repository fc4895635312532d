package dev.yagura.aws.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * An account as it is asked: whose credentials, how long to wait, how often to repeat. All clients
 * of a process are made here, so that all of their calls are counted and paced. For any thread.
 */
public final class AwsAccount implements AutoCloseable {
  private static final String USER_AGENT = "yagura";

  private final AccountSettings settings;
  private final Optional<URI> endpoint;
  private final Patience patience;
  private final AwsUse use;
  // Guarded by this.
  private final List<SdkAutoCloseable> open = new ArrayList<>();
  private @Nullable SdkHttpClient http;
  private final Map<String, AwsCredentialsProvider> assumed = new HashMap<>();
  private @Nullable AwsCredentialsProvider own;

  /**
   * An account; nothing is asked before the first call.
   *
   * @param endpoint another server than AWS
   */
  public AwsAccount(
      AccountSettings settings, Optional<URI> endpoint, Patience patience, AwsUse use) {
    this.settings = settings;
    this.endpoint = endpoint;
    this.patience = patience;
    this.use = use;
  }

  /** The label {@code account}. */
  public String name() {
    return settings.name();
  }

  /**
   * The region of the default chain, which may ask the network.
   *
   * @throws SdkClientException if there is none
   */
  public static String defaultRegion() {
    return new DefaultAwsRegionProviderChain().getRegion().id();
  }

  /**
   * A client of one service, closed with this.
   *
   * @param builder with what is special to the service
   */
  public synchronized <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(
      B builder, String region) {
    C client =
        builder
            .region(Region.of(region))
            .credentialsProvider(credentials(region))
            .httpClient(http())
            .overrideConfiguration(configuration(region))
            .applyMutation(made -> endpoint.ifPresent(made::endpointOverride))
            .build();
    if (client instanceof SdkAutoCloseable closeable) {
      open.add(closeable);
    }
    return client;
  }

  /**
   * Whose credentials sign a request: those of the role, where there is one. A region assumes it
   * for itself, so that one whose STS is in trouble does not take the others down.
   */
  public synchronized AwsCredentialsProvider credentials(String region) {
    AwsCredentialsProvider base = own;
    if (base == null) {
      base = own();
      own = base;
    }
    if (settings.roleArn().isEmpty()) {
      return base;
    }
    AwsCredentialsProvider known = assumed.get(region);
    if (known == null) {
      known = assumed(base, settings.roleArn().get(), region);
      assumed.put(region, known);
    }
    return known;
  }

  private AwsCredentialsProvider own() {
    if (settings.profile().isPresent()) {
      ProfileCredentialsProvider profile =
          ProfileCredentialsProvider.create(settings.profile().get());
      open.add(profile);
      return profile;
    }
    DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build();
    open.add(chain);
    return chain;
  }

  private AwsCredentialsProvider assumed(
      AwsCredentialsProvider base, String roleArn, String region) {
    StsClient sts =
        StsClient.builder()
            .region(Region.of(region))
            .credentialsProvider(base)
            .httpClient(http())
            .overrideConfiguration(configuration(region))
            .applyMutation(made -> endpoint.ifPresent(made::endpointOverride))
            .build();
    open.add(sts);
    StsAssumeRoleCredentialsProvider provider =
        StsAssumeRoleCredentialsProvider.builder()
            .stsClient(sts)
            .refreshRequest(
                request ->
                    request
                        .roleArn(roleArn)
                        .roleSessionName(settings.sessionName())
                        .externalId(settings.externalId().orElse(null)))
            .build();
    open.add(provider);
    return provider;
  }

  private SdkHttpClient http() {
    SdkHttpClient made = http;
    if (made == null) {
      made = UrlConnectionHttpClient.builder().socketTimeout(patience.silence()).build();
      http = made;
    }
    return made;
  }

  private ClientOverrideConfiguration configuration(String region) {
    return ClientOverrideConfiguration.builder()
        .apiCallTimeout(patience.call())
        .apiCallAttemptTimeout(patience.attempt())
        .retryStrategy(StandardRetryStrategy.builder().maxAttempts(patience.attempts()).build())
        .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, USER_AGENT)
        .addExecutionInterceptor(new CallInterceptor(use, name(), region))
        .build();
  }

  /** Closes all clients; what is being read from them may fail. */
  @Override
  public synchronized void close() {
    open.forEach(SdkAutoCloseable::close);
    open.clear();
    if (http != null) {
      http.close();
    }
  }
}
