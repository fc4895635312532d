package dev.yagura.aurorapostgres.discovery;

import dev.yagura.aurorapostgres.session.Credentials;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.RdsUtilities;

/**
 * A token of IAM as the password, made anew at each connect: it is good for 15 minutes, and only
 * for logging in. To make one asks nobody but whoever gives the account's credentials; that may
 * take long, and is waited for a few seconds at most, at the side. For any thread.
 */
final class IamCredentials implements Credentials {
  private static final String ACTION = "rds-db:connect";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String host;
  private final int port;
  private final String user;
  private final RdsUtilities utilities;
  // Guarded by this. One that nobody waited for is waited for again: there is one thread at most.
  private @Nullable FutureTask<String> underWay;

  /**
   * Credentials for one server.
   *
   * @param utilities of the account and region that the server is in
   */
  IamCredentials(RdsUtilities utilities, String hostAndPort, String user) {
    int colon = hostAndPort.lastIndexOf(':');
    this.host = hostAndPort.substring(0, colon);
    this.port = Integer.parseInt(hostAndPort.substring(colon + 1));
    this.user = user;
    this.utilities = utilities;
  }

  @Override
  public Login login(Deadline deadline) throws ScrapeException {
    try {
      long patience = Math.min(PATIENCE.toNanos(), deadline.remaining().toNanos());
      return new Login(user, making().get(patience, TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      throw new ScrapeException(
          FailureReason.TIMEOUT, "no token in time: the account's credentials are waited for", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ScrapeException failure) {
        throw new ScrapeException(failure.reason(), String.valueOf(failure.getMessage()), failure);
      }
      throw new IllegalStateException("a token cannot be made", e);
    } catch (InterruptedException e) {
      throw Interruption.failed("make a token", e);
    }
  }

  private synchronized FutureTask<String> making() {
    FutureTask<String> task = underWay;
    if (task == null || task.isDone()) {
      task = new FutureTask<>(this::token);
      underWay = task;
      var thread = new Thread(task, "yagura-token");
      thread.setDaemon(true);
      thread.start();
    }
    return task;
  }

  private String token() throws ScrapeException, InterruptedException {
    return AwsPlace.call(
        ACTION,
        () ->
            utilities.generateAuthenticationToken(
                request -> request.hostname(host).port(port).username(user)));
  }

  @Override
  public String advice() {
    return "with IAM authentication its policy must allow "
        + ACTION
        + " for "
        + user
        + ", and the role needs GRANT rds_iam";
  }
}
