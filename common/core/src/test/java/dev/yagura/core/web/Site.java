package dev.yagura.core.web;

import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import dev.yagura.core.scrape.Exporter;
import dev.yagura.core.suite.Suite;
import dev.yagura.core.web.security.WebSecurity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A real server on loopback, and a client to it. */
final class Site implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Suite suite;
  private final WebServer server;
  private volatile String configuration = "";

  Site(Exporter... exporters) {
    try {
      suite =
          new Suite(
              status -> {
                ConfigFile.parse("yagura.yml", configuration, Map.of(), root -> "");
                return List.of(exporters);
              },
              Clock.systemUTC());
      server =
          new WebServer(
              suite,
              new WebServer.Settings(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                  "/metrics",
                  WebSecurity.none(),
                  new ProcessMetrics("1.2.3", suite::status),
                  "1.2.3",
                  System::nanoTime,
                  Clock.systemUTC()));
    } catch (ConfigException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the next reload reads; every key in it is unknown. */
  void configuration(String yaml) {
    configuration = yaml;
  }

  HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, headers);
  }

  HttpResponse<String> send(String method, String path, String... headers) {
    try {
      return client.send(
          request(method, path, headers), BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<byte[]> bytes(String path, String... headers) throws IOException {
    try {
      return client.send(request("GET", path, headers), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  CompletableFuture<HttpResponse<String>> getAside(String path, String... headers) {
    return client.sendAsync(request("GET", path, headers), BodyHandlers.ofString());
  }

  private HttpRequest request(String method, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + server.address().getPort() + path))
            .method(method, BodyPublishers.noBody());
    return (headers.length == 0 ? request : request.headers(headers)).build();
  }

  @Override
  public void close() {
    server.close();
    suite.close();
  }
}
