package dev.yagura.core.web.security;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLParameters;

/** The elliptic curves of a handshake, which a JVM lets a server choose since Java 20. */
final class NamedGroups {
  private static final Map<String, String> NAMES =
      Map.of(
          "CurveP256", "secp256r1",
          "CurveP384", "secp384r1",
          "CurveP521", "secp521r1",
          "X25519", "x25519");
  private static final Optional<Method> SETTER = setter();

  private NamedGroups() {}

  static Optional<String> ofCurve(String goName) {
    return Optional.ofNullable(NAMES.get(goName));
  }

  static boolean canBeChosen() {
    return SETTER.isPresent();
  }

  static void apply(SSLParameters parameters, List<String> groups) {
    try {
      SETTER.orElseThrow().invoke(parameters, (Object) groups.toArray(new String[0]));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the curves cannot be set", e);
    }
  }

  private static Optional<Method> setter() {
    try {
      return Optional.of(SSLParameters.class.getMethod("setNamedGroups", String[].class));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    }
  }
}
