package dev.yagura.testing.aws;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who is who, and temporary credentials for roles. */
final class StsDouble implements ServiceDouble {
  private static final int SHORTEST_SECONDS = 900;
  private static final int LONGEST_SECONDS = 43_200;

  private final Realm realm;

  StsDouble(Scope scope) {
    realm = scope.realm();
  }

  @Override
  public Answer answer(Call call) {
    return switch (call.operation()) {
      case "GetCallerIdentity" -> identity(call);
      case "AssumeRole" -> assume(call);
      default -> throw ServiceDouble.unknown(call);
    };
  }

  private static Answer identity(Call call) {
    Principal caller = call.principal();
    return call.result(
        xml ->
            xml.text("UserId", caller.userId())
                .text("Account", caller.account().id())
                .text("Arn", caller.arn()));
  }

  private Answer assume(Call call) {
    String arn = call.input().required("RoleArn");
    String session = call.input().required("RoleSessionName");
    int seconds = call.input().number("DurationSeconds", 3_600);
    if (seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
      throw AwsError.badRequest("ValidationError", "DurationSeconds is out of range: " + seconds);
    }
    AccountDouble account = ownerOf(arn);
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    AccountDouble.Role role = account == null ? null : account.declared(name);
    if (account == null || role == null || !trusts(role, call.input().text("ExternalId"))) {
      throw Protocol.QUERY.denied(call.principal().arn(), "sts:AssumeRole on resource: " + arn);
    }
    Instant expires = realm.clock().instant().plusSeconds(seconds);
    String key = realm.keys().assume(account, name, session, expires);
    Principal assumed = Objects.requireNonNull(realm.keys().of(key, account));
    return call.result(
        xml ->
            xml.element(
                    "Credentials",
                    credentials ->
                        credentials
                            .text("AccessKeyId", key)
                            .text("SecretAccessKey", "secret-of-" + key)
                            .text("SessionToken", assumed.token())
                            .text("Expiration", expires))
                .element(
                    "AssumedRoleUser",
                    user ->
                        user.text("AssumedRoleId", assumed.userId()).text("Arn", assumed.arn())));
  }

  private @Nullable AccountDouble ownerOf(String roleArn) {
    String[] parts = roleArn.split(":", -1);
    return parts.length == 6 ? realm.existing(parts[4]) : null;
  }

  private static boolean trusts(AccountDouble.Role role, @Nullable String externalId) {
    return role.externalId().isEmpty() || role.externalId().get().equals(externalId);
  }
}
