package dev.yagura.core.web.security;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the server wants of a client's certificate, by the names of Go's crypto/tls. */
enum ClientAuth {
  NONE("NoClientCert", false, false, false),
  REQUEST("RequestClientCert", true, false, false),
  REQUIRE_ANY("RequireAnyClientCert", true, true, false),
  VERIFY_IF_GIVEN("VerifyClientCertIfGiven", true, false, true),
  REQUIRE_AND_VERIFY("RequireAndVerifyClientCert", true, true, true);

  private final String configName;
  private final boolean asks;
  private final boolean requires;
  private final boolean verifies;

  ClientAuth(String configName, boolean asks, boolean requires, boolean verifies) {
    this.configName = configName;
    this.asks = asks;
    this.requires = requires;
    this.verifies = verifies;
  }

  static Optional<ClientAuth> named(String name) {
    // The toolkit keeps this older spelling too.
    String current = name.equals("RequireClientCert") ? REQUIRE_ANY.configName : name;
    return Arrays.stream(values()).filter(auth -> auth.configName.equals(current)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(ClientAuth::configName).collect(Collectors.toList());
  }

  String configName() {
    return configName;
  }

  boolean asks() {
    return asks;
  }

  boolean requires() {
    return requires;
  }

  boolean verifies() {
    return verifies;
  }
}
