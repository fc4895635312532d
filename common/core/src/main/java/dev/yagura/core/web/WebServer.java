package dev.yagura.core.web;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.yagura.core.config.ConfigException;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.suite.Suite;
import dev.yagura.core.web.security.WebSecurity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: metrics, the page {@code /}, health and reload. */
public final class WebServer implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(WebServer.class);

  /** Scrapes hold forty of these and pages eight, so that the rest can answer whether we live. */
  private static final int THREADS = MetricsRoute.MAX_IN_FLIGHT + PagesRoute.MAX_IN_FLIGHT + 16;

  private final HttpServer server;
  private final ThreadPoolExecutor executor;
  private final Suite suite;
  private final MetricsRoute metrics;
  private final PagesRoute pages;
  private final StatusPage page;
  private final String metricsPath;
  private volatile boolean ready;

  /**
   * What the server needs.
   *
   * @param address to listen on
   * @param metricsPath such as {@code /metrics}
   * @param process gives the process' own metrics
   * @param nanoClock counts nanoseconds
   * @param clock for people
   */
  public record Settings(
      InetSocketAddress address,
      String metricsPath,
      WebSecurity security,
      Supplier<Samples> process,
      String version,
      LongSupplier nanoClock,
      Clock clock) {}

  /**
   * Binds and begins to answer.
   *
   * @throws IOException if the address cannot be bound
   */
  public WebServer(Suite suite, Settings settings) throws IOException {
    this.suite = suite;
    this.metricsPath = settings.metricsPath();
    this.metrics = new MetricsRoute(suite, settings.process(), settings.nanoClock());
    this.pages = new PagesRoute(suite);
    this.page = new StatusPage(settings.version(), settings.clock(), metricsPath);
    this.server = settings.security().bind(settings.address(), 128);
    this.executor = RequestThreads.atMost(THREADS);
    server.setExecutor(executor);
    HttpContext context = server.createContext("/", this::handle);
    context.getFilters().addAll(settings.security().filters());
    server.start();
    ready = true;
  }

  /** Where it listens; the port is the real one where 0 was asked for. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** An exception from here makes the server cut the connection off. */
  private void handle(HttpExchange exchange) throws IOException {
    var request = new Request(exchange);
    try {
      route(request);
    } catch (IOException e) {
      // The client went away; there is nobody left to tell.
      logger.debug("an answer was not taken: {}", e.getMessage());
      throw e;
    } catch (RuntimeException | Error e) {
      logger.error("a request to {} broke", request.path(), e);
      if (exchange.getResponseCode() >= 0) {
        throw new IOException("the answer broke off", e);
      }
      request.text(500, "a fault of ours; see the log");
    }
    exchange.close();
  }

  private void route(Request request) throws IOException {
    String path = request.path();
    if (path.equals("/-/reload")) {
      reload(request);
      return;
    }
    if (!request.method().equals("GET") && !request.isHead()) {
      request.setHeader("Allow", "GET, HEAD");
      request.text(405, "only GET here");
      return;
    }
    if (path.equals(metricsPath)) {
      metrics.all(request);
    } else if (path.startsWith("/metrics/")) {
      metrics.one(request, path.substring("/metrics/".length()));
    } else {
      switch (path) {
        case "/" ->
            request.body(
                200,
                "text/html; charset=utf-8",
                suite.use(exporters -> page.render(exporters, suite.status())));
        case "/probe" -> metrics.probe(request);
        case "/-/healthy" -> request.text(200, "healthy");
        case "/-/ready" -> request.text(ready ? 200 : 503, ready ? "ready" : "not ready");
        default -> pages.answer(request);
      }
    }
  }

  private void reload(Request request) throws IOException {
    if (!request.method().equals("POST") && !request.method().equals("PUT")) {
      request.setHeader("Allow", "POST, PUT");
      request.text(405, "only POST here");
      return;
    }
    try {
      suite.reload();
      request.text(200, "reloaded");
    } catch (ConfigException e) {
      request.text(400, String.join("\n", e.problems()));
    }
  }

  /** Answers no more; what is under way has a second to end. */
  @Override
  public void close() {
    ready = false;
    server.stop(1);
    executor.shutdownNow();
  }
}
