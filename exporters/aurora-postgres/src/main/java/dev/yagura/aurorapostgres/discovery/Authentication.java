package dev.yagura.aurorapostgres.discovery;

import dev.yagura.core.config.Secret;

/** How to log in to what was discovered. */
public sealed interface Authentication {
  /** With a token that is made anew at each connect, by the credentials of the account. */
  record Iam(String user) implements Authentication {}

  /** With a password that is read at each connect. */
  record Password(String user, Secret password) implements Authentication {}

  /**
   * With a secret of Secrets Manager.
   *
   * @param user in place of the one in the secret, where not empty
   */
  record InSecret(String user, String secretArn) implements Authentication {}

  /**
   * With the secret in which RDS keeps the password of the cluster's master user.
   *
   * @param user in place of the one in the secret, where not empty
   */
  record MasterSecret(String user) implements Authentication {}
}
