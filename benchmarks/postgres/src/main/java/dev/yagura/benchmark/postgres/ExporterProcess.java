package dev.yagura.benchmark.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One exporter as a process of its own, up from its first good answer on. */
final class ExporterProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration RETRY = Duration.ofMillis(5);

  /**
   * How an exporter is started.
   *
   * @param command without the flag of the address to listen on
   */
  record Program(String name, List<String> command, Map<String, String> environment) {
    Program {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }

    /** This program with more arguments. */
    Program with(List<String> arguments) {
      List<String> all = new ArrayList<>(command);
      all.addAll(arguments);
      return new Program(name, all, environment);
    }
  }

  private final Process process;
  private final PrometheusClient client;
  private final Path log;
  private final double secondsToFirstScrape;

  /**
   * Starts a program and asks it until it answers with a server that is up.
   *
   * @throws IOException if it ends, or does not answer in time
   */
  ExporterProcess(Program program, Duration scrapeTimeout) throws IOException {
    int port = freePort();
    log = Files.createTempFile("bench-" + program.name() + "-", ".log");
    client = new PrometheusClient(port, scrapeTimeout);
    var builder =
        new ProcessBuilder(
                program.with(List.of("--web.listen-address=127.0.0.1:" + port)).command())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(program.environment());
    long started = System.nanoTime();
    process = builder.start();
    try {
      awaitFirstScrape(started);
    } catch (IOException e) {
      close();
      throw e;
    }
    secondsToFirstScrape = (System.nanoTime() - started) / 1e9;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitFirstScrape(long started) throws IOException {
    while (true) {
      try {
        if (isUp(client.scrape())) {
          return;
        }
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() - started > PATIENCE.toNanos()) {
          throw new IOException("no scrape: " + log(), e);
        }
      }
      try {
        TimeUnit.NANOSECONDS.sleep(RETRY.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }

  static boolean isUp(PrometheusClient.Answer answer) {
    return answer.exposition().named("pg_up").anyMatch(sample -> sample.value() == 1);
  }

  /** From the start of the process to the end of the first good answer. */
  double secondsToFirstScrape() {
    return secondsToFirstScrape;
  }

  /**
   * Scrapes once.
   *
   * @throws IOException if it does not answer, or the server is not up
   */
  PrometheusClient.Answer scrape() throws IOException {
    PrometheusClient.Answer answer = client.scrape();
    if (!isUp(answer)) {
      throw new IOException("pg_up is not 1: " + log());
    }
    return answer;
  }

  double cpuSeconds() throws IOException {
    return ProcFiles.cpuSeconds(process.pid());
  }

  /** A size of the process, such as {@code VmRSS}, in MiB. */
  double mebibytes(String key) throws IOException {
    return ProcFiles.mebibytes(process.pid(), key);
  }

  private String log() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    Files.deleteIfExists(log);
  }
}
