package dev.yagura.core.web.security;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client says it is: a name, and the bytes of a password. */
final class Credentials {
  private static final String SCHEME = "Basic ";

  private final String user;
  private final byte[] password;

  private Credentials(String user, byte[] password) {
    this.user = user;
    this.password = password;
  }

  static Optional<Credentials> fromHeader(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    try {
      return split(Base64.getDecoder().decode(authorization.substring(SCHEME.length())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Credentials> split(byte[] pair) {
    for (int i = 0; i < pair.length; i++) {
      if (pair[i] == ':') {
        String user = new String(pair, 0, i, StandardCharsets.UTF_8);
        return Optional.of(new Credentials(user, Arrays.copyOfRange(pair, i + 1, pair.length)));
      }
    }
    return Optional.empty();
  }

  String user() {
    return user;
  }

  byte[] password() {
    return password.clone();
  }
}
