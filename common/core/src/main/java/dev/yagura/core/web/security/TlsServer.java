package dev.yagura.core.web.security;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** A TLS configuration made ready to serve with. */
record TlsServer(TlsConfig config, SSLContext context) {

  static TlsServer of(TlsConfig config) throws GeneralSecurityException {
    char[] noPassword = new char[0];
    KeyStore store = KeyStores.empty();
    Certificate[] chain = config.identity().chain().toArray(new Certificate[0]);
    store.setKeyEntry("server", config.identity().key(), noPassword, chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, noPassword);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), new TrustManager[] {ClientTrust.of(config)}, null);
    return new TlsServer(config, context);
  }

  SSLParameters parameters() {
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(config.protocols().toArray(new String[0]));
    if (!config.ciphers().isEmpty()) {
      parameters.setCipherSuites(config.ciphers().toArray(new String[0]));
    }
    if (!config.namedGroups().isEmpty()) {
      NamedGroups.apply(parameters, config.namedGroups());
    }
    parameters.setUseCipherSuitesOrder(config.preferServerCiphers());
    if (config.clientAuth().requires()) {
      parameters.setNeedClientAuth(true);
    } else {
      parameters.setWantClientAuth(config.clientAuth().asks());
    }
    return parameters;
  }
}
