package dev.yagura.testing.aws;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose access key is whose. A key of a user that nobody declared is of the default account. */
final class Keyring {
  /** What the keys of temporary credentials begin with. */
  private static final String TEMPORARY = "ASIA";

  private final Map<String, Principal> known = new HashMap<>();
  private final Set<String> revoked = new HashSet<>();
  private int sessions;

  synchronized void belongs(String accessKeyId, AccountDouble account) {
    known.put(accessKeyId, user(accessKeyId, account));
  }

  synchronized void revoke(String accessKeyId) {
    revoked.add(accessKeyId);
  }

  /** Temporary credentials of a role; gives their access key id. */
  synchronized String assume(AccountDouble account, String role, String session, Instant expires) {
    String number = "%016d".formatted(++sessions);
    String accessKeyId = TEMPORARY + number;
    String arn = "arn:aws:sts::" + account.id() + ":assumed-role/" + role + "/" + session;
    String userId = "AROA" + role.toUpperCase(Locale.ROOT) + ":" + session;
    known.put(accessKeyId, new Principal(account, arn, userId, expires, "session-" + number));
    return accessKeyId;
  }

  /** Null if the key is not, or no longer, anybody's. */
  synchronized @Nullable Principal of(String accessKeyId, AccountDouble otherwise) {
    if (revoked.contains(accessKeyId)) {
      return null;
    }
    Principal principal = known.get(accessKeyId);
    return principal == null && !accessKeyId.startsWith(TEMPORARY)
        ? user(accessKeyId, otherwise)
        : principal;
  }

  private static Principal user(String accessKeyId, AccountDouble account) {
    String arn = "arn:aws:iam::" + account.id() + ":user/" + accessKeyId;
    return new Principal(account, arn, "AIDA" + accessKeyId, null, null);
  }
}
