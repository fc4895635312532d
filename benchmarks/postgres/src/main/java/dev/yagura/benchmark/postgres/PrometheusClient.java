package dev.yagura.benchmark.postgres;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;

/** Asks as Prometheus 2.42 does, over a connection that is kept. */
final class PrometheusClient {
  private static final String ACCEPT =
      "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
          + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

  /**
   * One answer.
   *
   * @param seconds from the request to the last byte, before anything is unzipped
   * @param bytes as they came over the wire
   */
  record Answer(double seconds, int bytes, ExpositionText exposition) {}

  private final URI address;
  private final Duration timeout;

  PrometheusClient(int port, Duration timeout) {
    this.address = URI.create("http://127.0.0.1:" + port + "/metrics");
    this.timeout = timeout;
  }

  /**
   * Scrapes once.
   *
   * @throws IOException if the answer is not 200
   */
  Answer scrape() throws IOException {
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
    if (connection.getResponseCode() != 200) {
      throw new IOException(address + " answered " + connection.getResponseCode());
    }
    boolean zipped = "gzip".equals(connection.getHeaderField("Content-Encoding"));
    return new Answer(seconds, body.length, ExpositionText.parse(text(body, zipped)));
  }

  private static String text(byte[] body, boolean zipped) throws IOException {
    if (!zipped) {
      return new String(body, StandardCharsets.UTF_8);
    }
    try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
