package dev.yagura.ecs.taskmetadata;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Asks the task metadata endpoint. Each question has a connection of its own, so that nothing stays
 * between scrapes, neither a connection nor a thread. It speaks HTTP itself, as the JDK's client
 * waits for as long as one byte follows another.
 */
final class MetadataClient {
  private static final int MAX_BYTES = 4 << 20;
  private static final int MAX_DEPTH = 32;
  private static final int HTTP_PORT = 80;
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_BYTES)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final URI endpoint;

  MetadataClient(URI endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * The JSON object at a path.
   *
   * @param path behind the endpoint, such as {@code /task}
   */
  JsonNode get(String path, Deadline deadline) throws ScrapeException {
    byte[] body = body(path, deadline);
    JsonNode answer;
    try {
      answer = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      // Without its cause: a parser's message quotes the answer.
      throw new ScrapeException(FailureReason.INVALID, path + " answered no JSON");
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory were not read", e);
    }
    if (!answer.isObject()) {
      throw new ScrapeException(FailureReason.INVALID, path + " answered no JSON object");
    }
    return answer;
  }

  private byte[] body(String path, Deadline deadline) throws ScrapeException {
    // The endpoint is link-local: no proxy can reach it.
    try (var socket = new Socket(Proxy.NO_PROXY)) {
      connect(socket, path, deadline);
      return answer(socket, path, deadline);
    } catch (SocketTimeoutException e) {
      throw late(path, e);
    } catch (IOException e) {
      throw lost(path, e);
    }
  }

  private void connect(Socket socket, String path, Deadline deadline) throws ScrapeException {
    int port = endpoint.getPort() < 0 ? HTTP_PORT : endpoint.getPort();
    try {
      socket.connect(
          new InetSocketAddress(endpoint.getHost(), port), TimedInput.millisLeft(deadline));
    } catch (SocketTimeoutException e) {
      throw late(path, e);
    } catch (IOException e) {
      throw new ScrapeException(
          FailureReason.UNREACHABLE, "no connection to " + endpoint.getAuthority(), e);
    }
  }

  private byte[] answer(Socket socket, String path, Deadline deadline)
      throws ScrapeException, IOException {
    String host = endpoint.getHost() + (endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort());
    String request =
        "GET "
            + endpoint.getRawPath()
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nAccept: application/json\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    var in = new BufferedInputStream(new TimedInput(socket, deadline));
    try {
      var answer = HttpAnswer.head(in);
      if (answer.status() != HttpURLConnection.HTTP_OK) {
        throw new ScrapeException(reason(answer.status()), path + " answered " + answer.status());
      }
      return answer.body(in, MAX_BYTES);
    } catch (HttpAnswer.InvalidException e) {
      throw new ScrapeException(FailureReason.INVALID, path + " " + e.getMessage(), e);
    }
  }

  private static ScrapeException late(String path, IOException e) {
    return new ScrapeException(FailureReason.TIMEOUT, path + " did not answer in time", e);
  }

  private static ScrapeException lost(String path, IOException e) {
    return new ScrapeException(
        FailureReason.UNREACHABLE, "the connection was lost before " + path + " had answered", e);
  }

  private static FailureReason reason(int status) {
    return switch (status) {
      case 401, 403 -> FailureReason.DENIED;
      case 429 -> FailureReason.THROTTLED;
      default -> status >= 500 ? FailureReason.UNREACHABLE : FailureReason.INVALID;
    };
  }
}
