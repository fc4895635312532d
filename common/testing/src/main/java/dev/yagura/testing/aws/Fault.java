package dev.yagura.testing.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How calls go wrong. */
public final class Fault {
  /** How far a signature's time may be from the server's. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  @FunctionalInterface
  interface Behaviour {
    Answer answer(Call call, Instant now, Frost frost, Supplier<Answer> healthy);
  }

  private final Behaviour behaviour;

  private Fault(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  Answer answer(Call call, Instant now, Frost frost, Supplier<Answer> healthy) {
    return behaviour.answer(call, now, frost, healthy);
  }

  /** Any error of a service: an HTTP status, a code and what the service says. */
  public static Fault error(int status, String code, String message) {
    return new Fault(
        (call, now, frost, healthy) -> {
          throw new AwsError(status, code, message);
        });
  }

  /** Throttled, as the service's protocol says it. */
  public static Fault throttled() {
    return new Fault(
        (call, now, frost, healthy) -> {
          throw call.service().protocol().throttled();
        });
  }

  /** Throttled with another code, such as {@code RequestLimitExceeded}. */
  public static Fault throttled(String code) {
    return error(code.equals("RequestLimitExceeded") ? 503 : 400, code, "Rate exceeded");
  }

  /**
   * Throttles what is more than this many calls of an operation within one second of the double's
   * clock, in each account and region.
   */
  public static Fault throttledAbove(int callsPerSecond) {
    Map<String, long[]> seconds = new HashMap<>();
    return new Fault(
        (call, now, frost, healthy) -> {
          String quota =
              call.principal().account().id() + "/" + call.region() + "/" + call.action();
          synchronized (seconds) {
            long[] used = seconds.computeIfAbsent(quota, made -> new long[] {Long.MIN_VALUE, 0});
            if (used[0] != now.getEpochSecond()) {
              used[0] = now.getEpochSecond();
              used[1] = 0;
            }
            if (++used[1] > callsPerSecond) {
              throw call.service().protocol().throttled();
            }
          }
          return healthy.get();
        });
  }

  /** The caller has no permission for the operation. */
  public static Fault denied() {
    return new Fault(
        (call, now, frost, healthy) -> {
          String why = " because no identity-based policy allows the " + call.action() + " action";
          throw call.service().protocol().denied(call.principal().arn(), call.action() + why);
        });
  }

  /** The service breaks with a 500. */
  public static Fault internalError() {
    return new Fault(
        (call, now, frost, healthy) -> {
          throw call.service().protocol().internal();
        });
  }

  /** No answer until {@link AwsDouble#heal()}, which lets the service answer. */
  public static Fault frozen() {
    return new Fault(
        (call, now, frost, healthy) -> {
          frost.hold();
          return healthy.get();
        });
  }

  /** The connection ends in the middle of the body. */
  public static Fault cutBody() {
    return new Fault((call, now, frost, healthy) -> healthy.get().cutShort());
  }

  /** Answers come this much later, in real time; {@link AwsDouble#heal()} brings them at once. */
  public static Fault slow(Duration latency) {
    return new Fault(
        (call, now, frost, healthy) -> {
          frost.hold(latency);
          return healthy.get();
        });
  }

  /**
   * The server's clock is this much ahead of the caller's, both real: what was signed more than
   * five minutes off is refused, with the server's time in the {@code Date} header.
   */
  public static Fault skewed(Duration ahead) {
    return skewed(ahead, null);
  }

  /** As without a code, which may be another than the service's, as RequestTimeTooSkewed. */
  public static Fault skewed(Duration ahead, @Nullable String code) {
    return new Fault(
        (call, now, frost, healthy) -> {
          Instant server = Instant.now().plus(ahead);
          AwsService service = call.service();
          Answer answer;
          if (Duration.between(call.signed(), server).abs().compareTo(TOLERANCE) > 0) {
            AwsError error = service.protocol().skewed(service, call.signed(), server);
            answer =
                service
                    .protocol()
                    .write(
                        code == null ? error : new AwsError(403, code, error.text()),
                        service.namespace());
          } else {
            answer = healthy.get();
          }
          return answer.with(
              "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(server.atOffset(ZoneOffset.UTC)));
        });
  }

  /** Another fault, but only on the n-th page of a listing, counted from 1. */
  public static Fault onPage(int page, Fault fault) {
    return new Fault(
        (call, now, frost, healthy) ->
            call.page() == page ? fault.answer(call, now, frost, healthy) : healthy.get());
  }
}
