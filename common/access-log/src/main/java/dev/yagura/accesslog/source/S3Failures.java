package dev.yagura.accesslog.source;

import dev.yagura.aws.client.AwsFailures;
import dev.yagura.core.scrape.ScrapeException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What went wrong with a bucket or with an object in it, where S3 has reasons of its own. */
final class S3Failures {
  private static final Set<String> OTHER_REGION =
      Set.of("PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraint");

  private S3Failures() {}

  /**
   * A failed call as the reason of a failed look.
   *
   * @param doing what was done to what, such as {@code list s3://bucket/prefix}
   * @throws InterruptedException if it ended because this thread is to end
   */
  static ScrapeException looking(SdkException e, String doing) throws InterruptedException {
    AwsFailures.throwIfInterrupted(e);
    return new ScrapeException(AwsFailures.reasonOf(e), "cannot " + doing + ": " + saying(e), e);
  }

  /** A failed call as the reason why an object cannot be read. */
  static IOException reading(SdkException e, String location) {
    return new IOException("cannot read " + location + ": " + saying(e), e);
  }

  private static String saying(SdkException e) {
    return e instanceof AwsServiceException answer
        ? special(answer)
            .map(words -> AwsFailures.saying(answer, words))
            .orElseGet(() -> AwsFailures.saying(e))
        : AwsFailures.saying(e);
  }

  private static Optional<String> special(AwsServiceException answer) {
    String code = AwsFailures.codeOf(answer);
    return switch (answer.statusCode()) {
      case 404 ->
          Optional.of(code.startsWith("NoSuchBucket") ? "there is no such bucket" : "not there");
      case 412 -> Optional.of("it was replaced since it was found");
      default ->
          OTHER_REGION.contains(code) || answer.statusCode() == 301
              ? Optional.of("the bucket is in another region; set its region")
              : Optional.empty();
    };
  }
}
