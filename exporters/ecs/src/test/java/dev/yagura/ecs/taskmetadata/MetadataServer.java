package dev.yagura.ecs.taskmetadata;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A task metadata endpoint that answers what it is told to. */
final class MetadataServer implements AutoCloseable {
  static final String PATH = "/v4/abc";

  private record Answer(int status, String body) {}

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final HttpServer server;

  private MetadataServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(PATH, this::answer);
    server.start();
  }

  /** One whose answers are those of a fixture, {@code ec2} or {@code fargate}. */
  static MetadataServer of(String fixture) {
    return new MetadataServer()
        .with("/task", fixture(fixture + "-task"))
        .with("/task/stats", fixture(fixture + "-stats"));
  }

  static String fixture(String name) {
    try {
      return Files.readString(Path.of("src/test/resources/taskmetadata", name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  MetadataServer with(String path, String body) {
    return with(path, 200, body);
  }

  MetadataServer with(String path, int status, String body) {
    answers.put(PATH + path, new Answer(status, body));
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var none = new Answer(404, "?");
      Answer answer = answers.getOrDefault(exchange.getRequestURI().getPath(), none);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  URI endpoint() {
    return endpoint(address().getPort());
  }

  static URI endpoint(int port) {
    return URI.create("http://127.0.0.1:" + port + PATH);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
