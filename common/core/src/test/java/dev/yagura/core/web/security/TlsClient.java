package dev.yagura.core.web.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Does a whole handshake and one request, trusts everybody and tells what it saw. */
final class TlsClient {
  record Answer(String subject, String protocol, String cipher, String response) {}

  private final SSLContext context;
  private final String[] protocols;

  TlsClient(List<String> protocols, KeyManager... keys) {
    try {
      this.context = SSLContext.getInstance("TLS");
      this.context.init(keys, new TrustManager[] {new TrustAll()}, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    this.protocols = protocols.toArray(new String[0]);
  }

  static TlsClient anonymous() {
    return new TlsClient(List.of("TLSv1.2", "TLSv1.3"));
  }

  static TlsClient with(KeyManager keys) {
    return new TlsClient(List.of("TLSv1.2", "TLSv1.3"), keys);
  }

  Answer get(int port) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(loopback, port)) {
      socket.setSoTimeout(20_000);
      socket.setEnabledProtocols(protocols);
      String request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] response = socket.getInputStream().readAllBytes();
      SSLSession session = socket.getSession();
      X509Certificate shown = (X509Certificate) session.getPeerCertificates()[0];
      return new Answer(
          shown.getSubjectX500Principal().getName(),
          session.getProtocol(),
          session.getCipherSuite(),
          new String(response, StandardCharsets.US_ASCII));
    }
  }

  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
