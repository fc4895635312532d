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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Asks the task metadata endpoint. Each question has a connection of its own, so that nothing stays
 * between scrapes, neither a connection nor a thread.
 */
final class MetadataClient {
  private static final int MAX_BYTES = 4 << 20;
  private static final int MAX_DEPTH = 32;
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
    HttpURLConnection connection = open(path);
    try {
      connect(connection, path, deadline);
      int status = status(connection, path, deadline);
      if (status != HttpURLConnection.HTTP_OK) {
        throw new ScrapeException(reason(status), path + " answered " + status);
      }
      return read(connection, path, deadline);
    } finally {
      connection.disconnect();
    }
  }

  private HttpURLConnection open(String path) {
    try {
      // The endpoint is link-local: no proxy can reach it.
      var connection =
          (HttpURLConnection) URI.create(endpoint + path).toURL().openConnection(Proxy.NO_PROXY);
      connection.setRequestProperty("Connection", "close");
      connection.setRequestProperty("Accept", "application/json");
      connection.setInstanceFollowRedirects(false);
      connection.setUseCaches(false);
      return connection;
    } catch (IOException e) {
      throw new IllegalStateException("a connection that is not connected yet", e);
    }
  }

  private void connect(HttpURLConnection connection, String path, Deadline deadline)
      throws ScrapeException {
    int left = millisLeft(path, deadline);
    connection.setConnectTimeout(left);
    connection.setReadTimeout(left);
    try {
      connection.connect();
    } catch (SocketTimeoutException e) {
      throw late(path, e);
    } catch (IOException e) {
      throw new ScrapeException(
          FailureReason.UNREACHABLE, "no connection to " + endpoint.getAuthority(), e);
    }
  }

  private static int status(HttpURLConnection connection, String path, Deadline deadline)
      throws ScrapeException {
    connection.setReadTimeout(millisLeft(path, deadline));
    try {
      int status = connection.getResponseCode();
      if (status >= 0) {
        return status;
      }
    } catch (SocketTimeoutException e) {
      throw late(path, e);
    } catch (SocketException e) {
      throw lost(path, e);
    } catch (IOException e) {
      throw new ScrapeException(FailureReason.INVALID, path + " did not answer in HTTP", e);
    }
    throw new ScrapeException(FailureReason.INVALID, path + " did not answer in HTTP");
  }

  private static byte[] read(HttpURLConnection connection, String path, Deadline deadline)
      throws ScrapeException {
    var body = new ByteArrayOutputStream();
    var buffer = new byte[16 << 10];
    try (InputStream in = connection.getInputStream()) {
      for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
        body.write(buffer, 0, size);
        if (body.size() > MAX_BYTES) {
          throw new ScrapeException(
              FailureReason.INVALID, path + " answered more than " + MAX_BYTES + " bytes");
        }
        millisLeft(path, deadline);
      }
    } catch (SocketTimeoutException e) {
      throw late(path, e);
    } catch (IOException e) {
      throw lost(path, e);
    }
    return body.toByteArray();
  }

  private static int millisLeft(String path, Deadline deadline) throws ScrapeException {
    if (deadline.hasPassed()) {
      throw late(path, null);
    }
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, deadline.remaining().toMillis()));
  }

  private static ScrapeException late(String path, @Nullable IOException e) {
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
