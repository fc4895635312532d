package dev.yagura.aurorapostgres.discovery;

import dev.yagura.aurorapostgres.session.Credentials;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import software.amazon.awssdk.services.rds.RdsUtilities;

/**
 * A token of IAM as the password, made anew at each connect: it is good for 15 minutes, and only
 * for logging in. To make one asks nobody but whoever gives the account's credentials.
 */
final class IamCredentials implements Credentials {
  private static final String ACTION = "rds-db:connect";

  private final String host;
  private final int port;
  private final String user;
  private final RdsUtilities utilities;

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
      String token =
          AwsPlace.call(
              ACTION,
              () ->
                  utilities.generateAuthenticationToken(
                      request -> request.hostname(host).port(port).username(user)));
      return new Login(user, token);
    } catch (InterruptedException e) {
      throw Interruption.failed("make a token", e);
    }
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
