package dev.yagura.aurorapostgres.discovery;

import dev.yagura.aurorapostgres.session.Credentials;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.RdsUtilities;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * How one logs in to what was discovered. Instances that share a secret share what was read of it.
 * For any thread.
 */
public final class Logins {
  private record Key(AwsPlace place, String secretArn) {}

  private final LongSupplier nanoClock;
  // Guarded by this.
  private final Map<Key, SecretValue> secrets = new HashMap<>();
  private final Map<AwsPlace, SecretsManagerClient> secretsManagers = new HashMap<>();
  private final Map<AwsPlace, RdsUtilities> utilities = new HashMap<>();

  /**
   * No secret is read before it is needed.
   *
   * @param nanoClock counts nanoseconds
   */
  public Logins(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** What to log in to this target with. */
  public Credentials of(DiscoveredTarget target) {
    Authentication way = target.authentication();
    if (way instanceof Authentication.Iam iam) {
      return new IamCredentials(
          utilities(target.place()), target.address().hostAndPort(), iam.user());
    }
    if (way instanceof Authentication.Password password) {
      return Credentials.of(password.user(), password.password());
    }
    if (way instanceof Authentication.InSecret secret) {
      return new SecretCredentials(secret.user(), secret(target.place(), secret.secretArn()));
    }
    return deadline -> {
      throw new ScrapeException(
          FailureReason.DENIED,
          "RDS keeps no password of the master user of this cluster (MasterUserSecret)");
    };
  }

  /** Of a client, so that whose credentials sign is decided where clients are made. */
  private synchronized RdsUtilities utilities(AwsPlace place) {
    return utilities.computeIfAbsent(place, made -> place.client(RdsClient.builder()).utilities());
  }

  private synchronized SecretValue secret(AwsPlace place, String arn) {
    // arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME
    AwsPlace of = place.in(arn.split(":", -1)[3]);
    SecretsManagerClient client =
        secretsManagers.computeIfAbsent(of, made -> of.client(SecretsManagerClient.builder()));
    return secrets.computeIfAbsent(
        new Key(of, arn), key -> new SecretValue(client, arn, nanoClock));
  }
}
