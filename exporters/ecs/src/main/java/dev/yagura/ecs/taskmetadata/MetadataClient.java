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
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the task metadata endpoint; whatever it does, nobody waits for it beyond the deadline. */
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

  /** One for the process, as it keeps a thread. The endpoint is link-local: no proxy reaches it. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
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
  JsonNode get(String path, Deadline deadline) throws ScrapeException, InterruptedException {
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

  private byte[] body(String path, Deadline deadline) throws ScrapeException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint + path))
            .header("Accept", "application/json")
            .build();
    CompletableFuture<HttpResponse<byte[]>> asked =
        HTTP.sendAsync(request, head -> new BoundedBody(MAX_BYTES));
    try {
      HttpResponse<byte[]> answer = asked.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
      if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
        throw new ScrapeException(
            reason(answer.statusCode()), path + " answered " + answer.statusCode());
      }
      return answer.body();
    } catch (TimeoutException e) {
      throw new ScrapeException(FailureReason.TIMEOUT, path + " did not answer in time", e);
    } catch (ExecutionException e) {
      throw failed(path, e);
    } finally {
      asked.cancel(true); // Closes the connection of one that still answers.
    }
  }

  private ScrapeException failed(String path, ExecutionException e) {
    Throwable cause = e.getCause();
    if (cause instanceof BoundedBody.TooLongException) {
      return new ScrapeException(
          FailureReason.INVALID, path + " answered more than " + MAX_BYTES + " bytes", e);
    }
    if (cause instanceof ConnectException) {
      return new ScrapeException(
          FailureReason.UNREACHABLE, "no connection to " + endpoint.getAuthority(), e);
    }
    if (cause instanceof ProtocolException) {
      return new ScrapeException(FailureReason.INVALID, path + " did not answer in HTTP", e);
    }
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
