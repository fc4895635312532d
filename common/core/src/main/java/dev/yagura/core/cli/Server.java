package dev.yagura.core.cli;

import dev.yagura.core.config.ConfigException;
import dev.yagura.core.suite.Suite;
import dev.yagura.core.web.ProcessMetrics;
import dev.yagura.core.web.WebServer;
import dev.yagura.core.web.security.WebConfigException;
import dev.yagura.core.web.security.WebSecurity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.Security;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a process that serves metrics, and stops it in order. */
public final class Server {
  /** The configuration was refused; everything that is wrong with it was printed. */
  public static final int BAD_CONFIGURATION = 2;

  private static final int FAULT = 1;

  /** Seconds. */
  private static final int ON_THE_WAY = 10;

  private static final Logger logger = LoggerFactory.getLogger(Server.class);

  private Server() {}

  /**
   * Serves until the process is told to stop.
   *
   * @return the exit code
   */
  public static int run(ServerOptions options, int defaultPort, Suite.Loader loader) {
    LogLines.configure(options.logLevel, options.logFormat);
    hardenTheJvm();
    Clock clock = Clock.systemUTC();
    List<String> problems = new ArrayList<>();
    InetSocketAddress address = address(options, defaultPort, problems);
    WebSecurity security = security(options, problems);
    Suite suite = suite(loader, clock, problems);
    if (address == null || security == null || suite == null || !problems.isEmpty()) {
      if (suite != null) {
        suite.close();
      }
      problems.forEach(System.err::println);
      return BAD_CONFIGURATION;
    }
    var settings =
        new WebServer.Settings(
            address,
            options.telemetryPath,
            security,
            new ProcessMetrics(version(), suite::status),
            version(),
            System::nanoTime,
            clock);
    boundAnswers(suite);
    try {
      serve(new WebServer(suite, settings), suite);
      return 0;
    } catch (IOException e) {
      suite.close();
      logger.error("cannot listen: {}", e.getMessage());
      return FAULT;
    }
  }

  private static @Nullable InetSocketAddress address(
      ServerOptions options, int defaultPort, List<String> problems) {
    if (!options.telemetryPath.startsWith("/")) {
      problems.add("--web.telemetry-path: does not begin with /: " + options.telemetryPath);
    }
    try {
      return options.address(defaultPort);
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static @Nullable WebSecurity security(ServerOptions options, List<String> problems) {
    try {
      return options.webConfigFile == null
          ? WebSecurity.none()
          : WebSecurity.load(options.webConfigFile);
    } catch (WebConfigException e) {
      problems.addAll(e.problems());
      return null;
    }
  }

  private static @Nullable Suite suite(Suite.Loader loader, Clock clock, List<String> problems) {
    try {
      return new Suite(loader, clock);
    } catch (ConfigException e) {
      problems.addAll(e.problems());
      return null;
    }
  }

  private static void serve(WebServer server, Suite suite) {
    logger.info(
        "Yagura {} listens on {}:{}",
        version(),
        server.address().getHostString(),
        server.address().getPort());
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  logger.info("stopping");
                  server.close();
                  suite.close();
                  stopped.countDown();
                },
                "shutdown"));
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The version in the jar's manifest; {@code dev} where there is no jar. */
  public static String version() {
    String version = Server.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  /**
   * An answer may take the longest scrape and a little for the way: who does not read it is cut
   * off, as it holds one of the forty places.
   */
  private static void boundAnswers(Suite suite) {
    long seconds =
        suite.use(
            exporters ->
                exporters.stream().mapToLong(one -> one.budget().toSeconds()).max().orElse(0));
    System.setProperty("sun.net.httpserver.maxRspTime", Long.toString(seconds + ON_THE_WAY));
  }

  /** What the JVM's HTTP server and resolver read once, and leave unbounded unless told. */
  private static void hardenTheJvm() {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    // A failover moves a cluster's name to another address within seconds.
    Security.setProperty("networkaddress.cache.ttl", "5");
    Security.setProperty("networkaddress.cache.negative.ttl", "1");
  }
}
