package dev.yagura.core.web.security;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import java.util.function.Supplier;

/** Gives each new connection the TLS configuration in force. */
final class LiveHttpsConfigurator extends HttpsConfigurator {
  private final Supplier<TlsServer> current;

  LiveHttpsConfigurator(Supplier<TlsServer> current) {
    super(new LiveSslContext(() -> current.get().context()));
    this.current = current;
  }

  @Override
  public void configure(HttpsParameters connection) {
    connection.setSSLParameters(current.get().parameters());
  }
}
