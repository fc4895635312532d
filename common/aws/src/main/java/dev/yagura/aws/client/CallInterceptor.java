package dev.yagura.aws.client;

import dev.yagura.aws.meter.Meter;
import dev.yagura.aws.meter.Outcome;
import dev.yagura.aws.pace.Pacer;
import java.time.Duration;
import java.util.function.LongSupplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;

/**
 * Stands between a client and AWS: a call waits for its turn before it begins, outside of the SDK's
 * own timeouts, and each request is counted, those that the SDK repeats as well.
 */
final class CallInterceptor implements ExecutionInterceptor {
  private static final ExecutionAttribute<Call> CALL = new ExecutionAttribute<>("YaguraCall");

  /** In place of an operation: the points of an answer have a limit of their own. */
  private static final String POINTS = "points";

  /** A call under way, in one thread. */
  private static final class Call {
    private final long start;
    private int requests;
    private int lastStatus;

    Call(long start) {
      this.start = start;
    }
  }

  private final Meter meter;
  private final Pacer pacer;
  private final ServerTime serverTime;
  private final String account;
  private final String region;
  private final LongSupplier nanoClock;

  /** For a client of this account in this region. */
  CallInterceptor(AwsUse use, String account, String region) {
    this.meter = use.meter();
    this.pacer = use.pacer();
    this.serverTime = use.serverTime();
    this.account = account;
    this.region = region;
    this.nanoClock = use.nanoClock();
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    try {
      pacer.await(account, region, service(attributes), operation(attributes));
      if (context.request() instanceof GetMetricDataRequest data) {
        pacer.await(account, region, service(attributes), POINTS, BilledUnits.points(data));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SdkClientException.create("interrupted while it waited for its turn", e);
    } catch (Pacer.TooBusyException e) {
      throw SdkClientException.create(String.valueOf(e.getMessage()), e);
    }
    attributes.putAttribute(CALL, new Call(nanoClock.getAsLong()));
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    Call call = attributes.getAttribute(CALL);
    if (call.requests > 0) {
      // The one before was not the last, so it failed in a way that is worth repeating.
      count(attributes, repeated(call.lastStatus));
    }
    call.requests++;
    call.lastStatus = 0;
  }

  /** The SDK repeats a request that was throttled, was too slow, broke, or met a fault of AWS. */
  private static Outcome repeated(int status) {
    return status == 400 || status == 429 ? Outcome.THROTTLED : Outcome.ERROR;
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    attributes.getAttribute(CALL).lastStatus = context.httpResponse().statusCode();
    context.httpResponse().firstMatchingHeader("Date").ifPresent(serverTime::note);
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    end(attributes, Outcome.OK);
    meter.bill(
        service(attributes),
        operation(attributes),
        BilledUnits.of(context.request()),
        BilledUnits.isPlanned(context.request()));
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    Outcome outcome =
        context.exception() instanceof SdkException e ? AwsFailures.outcomeOf(e) : Outcome.ERROR;
    end(attributes, outcome);
  }

  private void end(ExecutionAttributes attributes, Outcome outcome) {
    Call call = attributes.getAttribute(CALL);
    if (call == null || call.requests == 0) {
      return; // Nothing was sent.
    }
    count(attributes, outcome);
    Duration took = Duration.ofNanos(nanoClock.getAsLong() - call.start);
    meter.call(service(attributes), operation(attributes), took);
  }

  private void count(ExecutionAttributes attributes, Outcome outcome) {
    String service = service(attributes);
    String operation = operation(attributes);
    meter.request(service, operation, outcome);
    if (outcome == Outcome.THROTTLED) {
      pacer.throttled(account, region, service, operation);
    }
  }

  private static String service(ExecutionAttributes attributes) {
    return Services.iamName(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME));
  }

  private static String operation(ExecutionAttributes attributes) {
    return attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
  }
}
