package dev.yagura.testing.aws;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All accounts, their keys and the time. */
final class Realm {
  private final Clock clock;
  private final Keyring keys = new Keyring();
  private final Map<String, AccountDouble> accounts = new ConcurrentHashMap<>();

  Realm(Clock clock) {
    this.clock = clock;
  }

  Clock clock() {
    return clock;
  }

  Keyring keys() {
    return keys;
  }

  /** Made when it is first asked for. */
  AccountDouble account(String id) {
    return accounts.computeIfAbsent(id, made -> new AccountDouble(made, this));
  }

  /** Null if nobody made it. */
  @Nullable AccountDouble existing(String id) {
    return accounts.get(id);
  }
}
