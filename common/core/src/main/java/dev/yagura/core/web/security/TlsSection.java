package dev.yagura.core.web.security;

import dev.yagura.core.web.security.YamlSection.Text;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code tls_server_config}. */
final class TlsSection {
  static final Set<String> KEYS =
      Set.of(
          "cert",
          "key",
          "client_ca",
          "cert_file",
          "key_file",
          "client_auth_type",
          "client_ca_file",
          "cipher_suites",
          "curve_preferences",
          "min_version",
          "max_version",
          "prefer_server_cipher_suites",
          "client_allowed_sans");

  private final YamlSection section;
  private final PemSettings pems;
  private final Problems problems;
  private final List<String> notes;

  TlsSection(YamlSection section, PemSettings pems, Problems problems, List<String> notes) {
    this.section = section;
    this.pems = pems;
    this.problems = problems;
    this.notes = notes;
  }

  /** Empty after a problem that leaves nothing to serve with. */
  Optional<TlsConfig> read() {
    Optional<ServerIdentity> identity = pems.identity();
    Optional<ClientAuth> auth = clientAuth();
    List<X509Certificate> authorities = pems.clientAuthorities();
    Set<String> names = allowedNames();
    auth.ifPresent(a -> checkClientRules(a, names));
    TlsOffer offer = new TlsOffer(section, problems, notes, JvmTls.ask());
    List<String> protocols = offer.protocols();
    List<String> ciphers = offer.ciphers(protocols);
    List<String> groups = offer.namedGroups();
    boolean prefer = section.flag("prefer_server_cipher_suites", true);
    if (identity.isEmpty() || auth.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TlsConfig(
            identity.get(), auth.get(), authorities, names, protocols, ciphers, groups, prefer));
  }

  private Optional<ClientAuth> clientAuth() {
    Optional<Text> name = section.text("client_auth_type");
    if (name.isEmpty()) {
      return Optional.of(ClientAuth.NONE);
    }
    Optional<ClientAuth> auth = ClientAuth.named(name.get().value());
    if (auth.isEmpty()) {
      problems.add(
          name.get().line(),
          "client_auth_type must be one of " + String.join(", ", ClientAuth.names()));
    }
    return auth;
  }

  private Set<String> allowedNames() {
    Set<String> names = new LinkedHashSet<>();
    for (Text name : section.texts("client_allowed_sans")) {
      names.add(SubjectNames.canonical(name.value()));
    }
    return Set.copyOf(names);
  }

  private void checkClientRules(ClientAuth auth, Set<String> names) {
    String authority = section.has("client_ca") ? "client_ca" : "client_ca_file";
    boolean given = section.has(authority);
    if (given && !auth.asks()) {
      problems.add(
          section.lineOf(authority),
          authority + " has no effect without a client_auth_type that asks for a certificate");
    }
    if (given && auth.asks() && !auth.verifies()) {
      notes.add(
          auth.configName() + " lets in any client certificate; " + authority + " is only a hint");
    }
    if (!given && auth.verifies()) {
      problems.add(
          section.lineOf("client_auth_type"),
          auth.configName() + " needs client_ca or client_ca_file to verify against");
    }
    // Where a client may come without a certificate there is no name to hold against the list.
    if (section.has("client_allowed_sans") && !auth.requires()) {
      problems.add(
          section.lineOf("client_allowed_sans"),
          "client_allowed_sans needs client_auth_type RequireAnyClientCert"
              + " or RequireAndVerifyClientCert");
    }
    if (section.has("client_allowed_sans") && names.isEmpty()) {
      problems.add(
          section.lineOf("client_allowed_sans"),
          "client_allowed_sans must name at least one client");
    }
  }
}
