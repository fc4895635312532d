package dev.yagura.testing.aws;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The secrets of an account in a region. */
public final class SecretsManagerDouble implements ServiceDouble {
  private record Secret(String name, String arn, String text, int version, Object created) {}

  private final Scope scope;
  private final Map<String, Secret> secrets = new HashMap<>();

  SecretsManagerDouble(Scope scope) {
    this.scope = scope;
  }

  /** Gives a secret its first or another text, as rotation does; gives its ARN. */
  public synchronized String put(String name, String text) {
    String arn = scope.arn("secretsmanager", "secret:" + name + "-double");
    Secret old = secrets.get(name);
    int version = old == null ? 1 : old.version() + 1;
    Object created = Fields.seconds(scope.clock().instant());
    Secret secret = new Secret(name, arn, text, version, created);
    secrets.put(name, secret);
    secrets.put(arn, secret);
    return arn;
  }

  @Override
  public synchronized Answer answer(Call call) {
    if (!call.operation().equals("GetSecretValue")) {
      throw ServiceDouble.unknown(call);
    }
    Secret secret = secrets.get(call.input().required("SecretId"));
    if (secret == null) {
      throw AwsError.badRequest(
          "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    return call.json(
        Map.of(
            "ARN", secret.arn(),
            "Name", secret.name(),
            "VersionId", "00000000-0000-0000-0000-%012d".formatted(secret.version()),
            "SecretString", secret.text(),
            "VersionStages", List.of("AWSCURRENT"),
            "CreatedDate", secret.created()));
  }
}
