package dev.yagura.aws.client;

import dev.yagura.core.scrape.ScrapeException;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;

/** One account in one region: what is asked together, and fails together. */
public record AwsPlace(AwsAccount account, String region) {

  /** A name for both: {@code prod/ap-northeast-1}. */
  public String name() {
    return account.name() + "/" + region;
  }

  /** The same account elsewhere; CloudFront's metrics, for one, are in us-east-1 alone. */
  public AwsPlace in(String other) {
    return new AwsPlace(account, other);
  }

  /** A client of one service, closed with the account. */
  public <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(B builder) {
    return account.client(builder, region);
  }

  /**
   * Makes a call, and tells its failure in our words.
   *
   * @param action as IAM names it: {@code cloudwatch:GetMetricData}
   * @throws InterruptedException if it ended because this thread is to end
   */
  public static <T> T call(String action, Supplier<T> call)
      throws ScrapeException, InterruptedException {
    try {
      return call.get();
    } catch (SdkException e) {
      throw AwsFailures.calling(e, action);
    }
  }
}
