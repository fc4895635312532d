package dev.yagura.core.web.security;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Decides whether a client's certificate is let in. */
final class ClientTrust extends X509ExtendedTrustManager {
  private final ClientAuth auth;
  private final @Nullable X509ExtendedTrustManager authorities;
  private final List<X509Certificate> issuers;
  private final Set<String> allowedNames;

  private ClientTrust(TlsConfig tls, @Nullable X509ExtendedTrustManager authorities) {
    this.auth = tls.clientAuth();
    this.authorities = authorities;
    this.issuers = tls.clientAuthorities();
    this.allowedNames = tls.allowedClientNames();
  }

  static ClientTrust of(TlsConfig tls) throws GeneralSecurityException {
    return new ClientTrust(
        tls, tls.clientAuth().verifies() ? verifier(tls.clientAuthorities()) : null);
  }

  private static X509ExtendedTrustManager verifier(List<X509Certificate> authorities)
      throws GeneralSecurityException {
    KeyStore store = KeyStores.empty();
    for (X509Certificate authority : authorities) {
      store.setCertificateEntry("client-ca-" + store.size(), authority);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (!auth.asks()) {
      throw new CertificateException("no client certificate was asked for");
    }
    if (authorities != null) {
      authorities.checkClientTrusted(chain, authType, engine);
    }
    if (!allowedNames.isEmpty() && Collections.disjoint(allowedNames, SubjectNames.of(chain[0]))) {
      throw new CertificateException("no name of the client certificate is allowed");
    }
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return issuers.toArray(new X509Certificate[0]);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw onlyEngines();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw onlyEngines();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw onlyEngines();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw onlyEngines();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw onlyEngines();
  }

  private static CertificateException onlyEngines() {
    return new CertificateException("this side only serves, through an SSLEngine");
  }
}
