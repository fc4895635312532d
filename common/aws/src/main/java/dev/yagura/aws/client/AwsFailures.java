package dev.yagura.aws.client;

import dev.yagura.aws.meter.Outcome;
import dev.yagura.aws.pace.Pacer;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What went wrong at AWS, in our words: the code of the error and the status, never the message,
 * which may name accounts and roles.
 */
public final class AwsFailures {
  private static final String ASSUME_ROLE = "sts:AssumeRole";
  private static final int LONGEST_CODE = 60;
  private static final Set<String> THROTTLED =
      Set.of("SlowDown", "Throttling", "ThrottlingException", "RequestLimitExceeded");
  private static final Set<String> EXPIRED = Set.of("ExpiredToken", "ExpiredTokenException");
  private static final Set<String> SKEWED =
      Set.of("RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture");
  private static final Set<String> DENIED =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "AuthFailure",
          "IncompleteSignature",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "MissingAuthenticationToken",
          "NotAuthorizedException",
          "OptInRequired",
          "SignatureDoesNotMatch",
          "UnauthorizedOperation",
          "UnrecognizedClient",
          "UnrecognizedClientException");

  private AwsFailures() {}

  /**
   * A failed call as the reason of a failed scrape.
   *
   * @param action as IAM names it, such as {@code cloudwatch:GetMetricData}
   * @throws InterruptedException if it ended because this thread is to end
   */
  public static ScrapeException calling(SdkException e, String action) throws InterruptedException {
    return failed(e, "cannot " + action.substring(action.indexOf(':') + 1), action);
  }

  /**
   * A failed call as the reason of a failed look.
   *
   * @param doing what was done to what, such as {@code list s3://bucket/prefix}
   * @throws InterruptedException if it ended because this thread is to end
   */
  public static ScrapeException looking(SdkException e, String doing) throws InterruptedException {
    return failed(e, "cannot " + doing, "");
  }

  private static ScrapeException failed(SdkException e, String what, String action)
      throws InterruptedException {
    throwIfInterrupted(e);
    FailureReason reason = reasonOf(e);
    return new ScrapeException(reason, what + ": " + saying(e, reason, action), e);
  }

  /** What a person is told of it, without what was being done. */
  public static String saying(SdkException e) {
    return saying(e, reasonOf(e), "");
  }

  /** The same of an answer that somebody understands better: these words, its code and status. */
  public static String saying(AwsServiceException answer, String words) {
    String code = codeOf(answer);
    return words + " (" + (code.isEmpty() ? "" : code + ", ") + answer.statusCode() + ")";
  }

  /** Ends this thread's work if that is why the call failed. */
  public static void throwIfInterrupted(SdkException e) throws InterruptedException {
    if (e instanceof AbortedException
        || hasCause(e, InterruptedException.class)
        || Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** Why it failed. */
  public static FailureReason reasonOf(SdkException e) {
    if (hasCause(e, Pacer.TooBusyException.class)) {
      return FailureReason.THROTTLED;
    }
    if (e instanceof AwsServiceException answer) {
      return reasonOf(answer);
    }
    if (e instanceof ApiCallTimeoutException
        || e instanceof ApiCallAttemptTimeoutException
        || hasCause(e, SocketTimeoutException.class)) {
      return FailureReason.TIMEOUT;
    }
    AwsServiceException inner = causeOf(e, AwsServiceException.class);
    if (inner != null) { // Such as a role that cannot be assumed.
      return reasonOf(inner);
    }
    if (hasCause(e, IOException.class)) {
      return FailureReason.UNREACHABLE;
    }
    // Before anything is sent the SDK looks for credentials; it has no type for finding none.
    return isAboutCredentials(e) ? FailureReason.DENIED : FailureReason.UNREACHABLE;
  }

  private static FailureReason reasonOf(AwsServiceException answer) {
    int status = answer.statusCode();
    String code = codeOf(answer);
    if (answer.isThrottlingException() || status == 429 || THROTTLED.contains(code)) {
      return FailureReason.THROTTLED;
    }
    if (status == 401
        || status == 403
        || DENIED.contains(code)
        || EXPIRED.contains(code)
        || SKEWED.contains(code)) {
      return FailureReason.DENIED;
    }
    return status >= 500 ? FailureReason.UNREACHABLE : FailureReason.INVALID;
  }

  static Outcome outcomeOf(SdkException e) {
    return switch (reasonOf(e)) {
      case THROTTLED -> Outcome.THROTTLED;
      case DENIED -> Outcome.DENIED;
      default -> Outcome.ERROR;
    };
  }

  private static String saying(SdkException e, FailureReason reason, String action) {
    if (e instanceof AwsServiceException answer) {
      if (isOfRole(answer, action)) { // While the role was assumed: no exception stands around it.
        return "no credentials, " + saying(answer, reason, ASSUME_ROLE);
      }
      return saying(answer, explained(codeOf(answer), reason, action));
    }
    AwsServiceException inner = causeOf(e, AwsServiceException.class);
    if (inner != null) {
      return "no credentials, " + saying(inner, reasonOf(inner), ASSUME_ROLE);
    }
    return switch (reason) {
      case TIMEOUT -> "no answer in time";
      case DENIED -> "no credentials were found";
      case THROTTLED -> "held back, its limit is used up";
      default -> "no connection";
    };
  }

  private static boolean isOfRole(AwsServiceException answer, String action) {
    return answer.awsErrorDetails() != null
        && "Sts".equalsIgnoreCase(answer.awsErrorDetails().serviceName())
        && !action.startsWith("sts:");
  }

  private static String explained(String code, FailureReason reason, String action) {
    if (EXPIRED.contains(code)) {
      return "the credentials have expired";
    }
    if (SKEWED.contains(code)) {
      return "denied, this machine's clock is off";
    }
    boolean lacking =
        code.startsWith("AccessDenied")
            || code.startsWith("NotAuthorized")
            || code.equals("UnauthorizedOperation");
    return lacking && !action.isEmpty()
        ? "denied, its policy must allow " + action
        : reason.label();
  }

  /** The code of an error, fit to be shown; empty where the answer has none. */
  public static String codeOf(AwsServiceException answer) {
    if (answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null) {
      return "";
    }
    String code = answer.awsErrorDetails().errorCode().replaceAll("[^A-Za-z0-9._-]", "");
    return code.substring(0, Math.min(code.length(), LONGEST_CODE));
  }

  private static boolean isAboutCredentials(SdkException e) {
    return e.getMessage() != null && e.getMessage().contains("credentials");
  }

  private static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
    return causeOf(e, type) != null;
  }

  private static <T extends Throwable> @Nullable T causeOf(Throwable e, Class<T> type) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
