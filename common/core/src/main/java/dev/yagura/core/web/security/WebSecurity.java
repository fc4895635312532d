package dev.yagura.core.web.security;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How the web server is protected: what {@code --web.config.file} says in the format of Prometheus'
 * exporter-toolkit. The file, and the certificates and keys it names, are read again within a
 * second of a change; whether the server speaks TLS at all is fixed at the start.
 */
public final class WebSecurity {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final WebSecurity NONE = new WebSecurity(null, List.of());

  private final @Nullable LiveConfig live;
  private final List<Filter> filters;

  private WebSecurity(@Nullable LiveConfig live, List<Filter> filters) {
    this.live = live;
    this.filters = filters;
  }

  /** Plain HTTP, open to everybody. */
  public static WebSecurity none() {
    return NONE;
  }

  /**
   * What the file says.
   *
   * @throws WebConfigException with everything that is wrong with the file and what it names
   */
  public static WebSecurity load(Path webConfigFile) {
    return load(webConfigFile, System::nanoTime);
  }

  /**
   * What the file says, with a clock that tells when to look at it again.
   *
   * @throws WebConfigException with everything that is wrong with the file and what it names
   */
  public static WebSecurity load(Path webConfigFile, LongSupplier nanoClock) {
    return load(webConfigFile, nanoClock, Bcrypt::compute);
  }

  static WebSecurity load(Path webConfigFile, LongSupplier nanoClock, Bcrypt bcrypt) {
    LiveConfig live = LiveConfig.load(webConfigFile, nanoClock);
    return new WebSecurity(
        live,
        List.of(
            new HeadersFilter(live),
            new RateLimitFilter(live),
            new BasicAuthFilter(live, new PasswordCheck(bcrypt, PATIENCE))));
  }

  /**
   * A server that listens at the address, with TLS where the file says so. It has no handler yet
   * and is not started.
   */
  public HttpServer bind(InetSocketAddress address, int backlog) throws IOException {
    LiveConfig config = live;
    if (config == null || !tls()) {
      return HttpServer.create(address, backlog);
    }
    HttpsServer server = HttpsServer.create(address, backlog);
    server.setHttpsConfigurator(
        new LiveHttpsConfigurator(() -> Objects.requireNonNull(config.current().tls())));
    return server;
  }

  /** Headers, rate limit and authentication, to be put before every handler in this order. */
  public List<Filter> filters() {
    return filters;
  }

  /** Whether the server speaks TLS. */
  public boolean tls() {
    return live != null && live.current().tls() != null;
  }
}
