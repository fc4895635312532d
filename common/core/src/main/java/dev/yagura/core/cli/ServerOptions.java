package dev.yagura.core.cli;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of a command that serves metrics, named as Prometheus' exporter-toolkit names them. */
public final class ServerOptions {
  /** How log lines look. */
  public enum LogFormat {
    logfmt,
    json
  }

  /** From which level on lines are logged. */
  public enum LogLevel {
    debug,
    info,
    warn,
    error
  }

  @Option(
      names = "--config.file",
      paramLabel = "FILE",
      description = "YAML file with the configuration; without one, the environment tells.")
  @Nullable Path configFile;

  @Option(
      names = "--web.listen-address",
      paramLabel = "ADDRESS",
      description =
          "Where to listen, as :PORT, HOST:PORT or [IPV6]:PORT (default: every address and the"
              + " command's own port, 19100 for run).")
  @Nullable String listenAddress;

  @Option(
      names = "--web.telemetry-path",
      paramLabel = "PATH",
      defaultValue = "/metrics",
      description = "Path of the metrics (default: ${DEFAULT-VALUE}).")
  String telemetryPath = "/metrics";

  @Option(
      names = "--web.config.file",
      paramLabel = "FILE",
      description = "TLS, basic auth and headers, in the format of Prometheus' exporter-toolkit.")
  @Nullable Path webConfigFile;

  @Option(
      names = "--log.level",
      paramLabel = "LEVEL",
      defaultValue = "info",
      description = "Log lines of this level and above: ${COMPLETION-CANDIDATES}.")
  LogLevel logLevel = LogLevel.info;

  @Option(
      names = "--log.format",
      paramLabel = "FORMAT",
      defaultValue = "logfmt",
      description = "How log lines look: ${COMPLETION-CANDIDATES}.")
  LogFormat logFormat = LogFormat.logfmt;

  /** The file given with {@code --config.file}; null without one. */
  public @Nullable Path configFile() {
    return configFile;
  }

  /** These options, with another configuration file. */
  public ServerOptions withConfigFile(Path file) {
    configFile = file;
    return this;
  }

  /**
   * The address to bind.
   *
   * @param defaultPort where no address was given: all interfaces, this port
   * @throws IllegalArgumentException if it is no address
   */
  InetSocketAddress address(int defaultPort) {
    if (listenAddress == null) {
      return new InetSocketAddress(defaultPort);
    }
    int colon = listenAddress.lastIndexOf(':');
    String port = listenAddress.substring(colon + 1);
    if (colon < 0 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException(
          "--web.listen-address: not HOST:PORT or :PORT: " + listenAddress);
    }
    String host = listenAddress.substring(0, colon).replaceFirst("^\\[(.*)]$", "$1");
    var address =
        host.isEmpty()
            ? new InetSocketAddress(Integer.parseInt(port))
            : new InetSocketAddress(host, Integer.parseInt(port));
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("--web.listen-address: no such host: " + host);
    }
    return address;
  }
}
