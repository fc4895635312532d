package dev.yagura.core.web.security;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;

/** What this JVM can offer as a TLS server, after its own security policy. */
final class JvmTls {
  /** From old to new, as the file names them and as the JVM does. */
  enum Version {
    TLS10("TLSv1"),
    TLS11("TLSv1.1"),
    TLS12("TLSv1.2"),
    TLS13("TLSv1.3");

    private final String jvmName;

    Version(String jvmName) {
      this.jvmName = jvmName;
    }

    String jvmName() {
      return jvmName;
    }
  }

  private static final Set<String> TLS13_SUITES =
      Set.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  private final List<String> protocols;
  private final List<String> ciphers;

  private JvmTls(List<String> protocols, List<String> ciphers) {
    this.protocols = protocols;
    this.ciphers = ciphers;
  }

  static JvmTls ask() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      SSLEngine engine = context.createSSLEngine();
      engine.setUseClientMode(false);
      return new JvmTls(
          List.of(engine.getEnabledProtocols()), List.of(engine.getSupportedCipherSuites()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  boolean offers(Version version) {
    return protocols.contains(version.jvmName());
  }

  boolean offers(String cipher) {
    return ciphers.contains(cipher);
  }

  /** The file's list is about TLS 1.2 and before: without a suite of 1.3 in it, those all stay. */
  List<String> withSuitesOfTls13(List<String> listed) {
    List<String> all = new ArrayList<>(listed);
    if (listed.stream().noneMatch(TLS13_SUITES::contains)) {
      ciphers.stream().filter(TLS13_SUITES::contains).forEach(all::add);
    }
    return List.copyOf(all);
  }
}
