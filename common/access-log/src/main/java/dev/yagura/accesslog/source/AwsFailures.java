package dev.yagura.accesslog.source;

import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What went wrong at AWS, in our words: the code of the error and the status, never the message,
 * which may name accounts and roles.
 */
final class AwsFailures {
  private static final Set<String> THROTTLED =
      Set.of("SlowDown", "Throttling", "ThrottlingException", "RequestLimitExceeded");
  private static final Set<String> DENIED =
      Set.of("ExpiredToken", "InvalidAccessKeyId", "SignatureDoesNotMatch", "UnrecognizedClient");
  private static final Set<String> OTHER_REGION =
      Set.of("PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraint");

  private AwsFailures() {}

  /**
   * A failed call as the reason of a failed look.
   *
   * @param doing what was done to what, such as {@code list s3://bucket/prefix}
   * @throws InterruptedException if it ended because this thread is to end
   */
  static ScrapeException looking(SdkException e, String doing) throws InterruptedException {
    throwIfInterrupted(e);
    FailureReason reason = reasonOf(e);
    return new ScrapeException(reason, "cannot " + doing + ": " + saying(e, reason), e);
  }

  /** A failed call as the reason why an object cannot be read. */
  static IOException reading(SdkException e, String location) {
    return new IOException("cannot read " + location + ": " + saying(e, reasonOf(e)), e);
  }

  static void throwIfInterrupted(SdkException e) throws InterruptedException {
    if (e instanceof AbortedException || Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  static FailureReason reasonOf(SdkException e) {
    if (e instanceof ApiCallTimeoutException
        || e instanceof ApiCallAttemptTimeoutException
        || hasCause(e, SocketTimeoutException.class)) {
      return FailureReason.TIMEOUT;
    }
    if (e instanceof AwsServiceException answer) {
      return reasonOf(answer);
    }
    if (hasCause(e, IOException.class)) {
      return FailureReason.UNREACHABLE;
    }
    // Before anything is sent the SDK looks for credentials; it has no type for finding none.
    return isAboutCredentials(e) ? FailureReason.DENIED : FailureReason.UNREACHABLE;
  }

  private static FailureReason reasonOf(AwsServiceException answer) {
    int status = answer.statusCode();
    if (answer.isThrottlingException() || status == 429 || THROTTLED.contains(codeOf(answer))) {
      return FailureReason.THROTTLED;
    }
    if (status == 401 || status == 403 || DENIED.contains(codeOf(answer))) {
      return FailureReason.DENIED;
    }
    return status >= 500 ? FailureReason.UNREACHABLE : FailureReason.INVALID;
  }

  private static String saying(SdkException e, FailureReason reason) {
    if (e instanceof AwsServiceException answer) {
      String code = codeOf(answer);
      String text =
          switch (answer.statusCode()) {
            case 404 -> code.startsWith("NoSuchBucket") ? "there is no such bucket" : "not there";
            case 412 -> "it was replaced since it was found";
            default ->
                OTHER_REGION.contains(code) || answer.statusCode() == 301
                    ? "the bucket is in another region; set its region"
                    : reason.label();
          };
      return text + " (" + (code.isEmpty() ? "" : code + ", ") + answer.statusCode() + ")";
    }
    return switch (reason) {
      case TIMEOUT -> "no answer in time";
      case DENIED -> "no credentials were found";
      default -> "no connection";
    };
  }

  private static String codeOf(AwsServiceException answer) {
    if (answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null) {
      return "";
    }
    String code = answer.awsErrorDetails().errorCode().replaceAll("[^A-Za-z0-9._-]", "");
    return code.substring(0, Math.min(code.length(), 60));
  }

  private static boolean isAboutCredentials(SdkException e) {
    return e.getMessage() != null && e.getMessage().contains("credentials");
  }

  private static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
