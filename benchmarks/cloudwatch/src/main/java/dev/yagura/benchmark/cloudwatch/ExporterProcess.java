package dev.yagura.benchmark.cloudwatch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.zip.GZIPInputStream;

/** An exporter as a process of its own, asked as Prometheus asks it. */
final class ExporterProcess implements AutoCloseable {
  private static final String ACCEPT =
      "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
          + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

  /**
   * One answer.
   *
   * @param seconds from the request to the last byte, before anything is unzipped
   */
  record Answer(double seconds, ExpositionText text) {}

  private final Process process;
  private final URI address;
  private final Path log;

  /**
   * Starts it; it need not answer yet.
   *
   * @param command by the port that it is to listen on
   */
  ExporterProcess(IntFunction<List<String>> command, Map<String, String> environment)
      throws IOException {
    int port = freePort();
    address = URI.create("http://127.0.0.1:" + port + "/metrics");
    log = Files.createTempFile("bench-cloudwatch-", ".log");
    var builder =
        new ProcessBuilder(command.apply(port))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    process = builder.start();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /**
   * Scrapes until every series is there.
   *
   * @throws IOException if that does not come true in time
   */
  void awaitSeries(Duration scrapeTimeout, Duration patience)
      throws IOException, InterruptedException {
    long started = System.nanoTime();
    String why = "it does not answer";
    while (process.isAlive() && System.nanoTime() - started < patience.toNanos()) {
      try {
        Optional<String> fault = Estate.fault(scrape(scrapeTimeout).text());
        if (fault.isEmpty()) {
          return;
        }
        why = fault.get();
      } catch (IOException e) {
        why = String.valueOf(e.getMessage());
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IOException(why + ": " + Files.readString(log));
  }

  /**
   * Scrapes once, and expects every series.
   *
   * @throws IOException if one is missing or wrong
   */
  Answer scrapeAll(Duration timeout) throws IOException {
    Answer answer = scrape(timeout);
    Optional<String> fault = Estate.fault(answer.text());
    if (fault.isPresent()) {
      throw new IOException(fault.get() + ": " + Files.readString(log));
    }
    return answer;
  }

  /**
   * Scrapes once.
   *
   * @throws IOException if it does not answer in time, or not with 200
   */
  Answer scrape(Duration timeout) throws IOException {
    long started = System.nanoTime();
    var connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setReadTimeout((int) timeout.toMillis());
    connection.setRequestProperty("Accept", ACCEPT);
    connection.setRequestProperty("Accept-Encoding", "gzip");
    connection.setRequestProperty("User-Agent", "Prometheus/2.42.0");
    connection.setRequestProperty(
        "X-Prometheus-Scrape-Timeout-Seconds", Long.toString(timeout.toSeconds()));
    byte[] body;
    try (InputStream in = connection.getInputStream()) {
      body = in.readAllBytes();
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    boolean zipped = "gzip".equals(connection.getHeaderField("Content-Encoding"));
    return new Answer(seconds, ExpositionText.parse(text(body, zipped)));
  }

  private static String text(byte[] body, boolean zipped) throws IOException {
    if (!zipped) {
      return new String(body, StandardCharsets.UTF_8);
    }
    try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Does nothing while it runs.
   *
   * @throws IOException with what it said, if it has ended
   */
  void requireAlive() throws IOException {
    if (!process.isAlive()) {
      throw new IOException("ended with " + process.exitValue() + ": " + Files.readString(log));
    }
  }

  /** Resident memory, in MiB, from {@code /proc/PID/status}. */
  double residentMebibytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    return residentMebibytes(Files.readString(status));
  }

  static double residentMebibytes(String status) {
    return status
            .lines()
            .filter(line -> line.startsWith("VmRSS:"))
            .map(line -> line.replaceAll("\\D", ""))
            .mapToLong(Long::parseLong)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no VmRSS in: " + status))
        / 1024.0;
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
