package dev.yagura.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Buckets in memory behind the part of S3's protocol that reading logs needs, with the bucket in
 * the path: GET, HEAD and PUT of an object, and ListObjectsV2. It can go wrong on demand. Requests
 * are not authenticated. Its threads are daemons.
 */
public final class S3Stub implements AutoCloseable {
  /** What the names of its threads begin with. */
  public static final String THREADS = "s3-stub-";

  /** How an answer goes wrong. */
  public enum Fault {
    INTERNAL_ERROR,
    SLOW_DOWN,
    ACCESS_DENIED,
    /** Half of the body, then the connection ends. */
    CUT_BODY,
    /** No answer at all until {@link #heal()}. */
    FROZEN,
    /** Half of the body, then nothing until {@link #heal()}. */
    FROZEN_BODY
  }

  /**
   * A request that came.
   *
   * @param operation {@code LIST}, or the HTTP method for an object
   * @param key of an object, or the prefix of a listing
   */
  public record Request(String operation, String bucket, String key) {}

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Answer(int status, String contentType, byte[] body, S3Buckets.@Nullable Stored object) {}

  private final HttpServer server;
  private final ExecutorService threads;
  private final S3Buckets buckets = new S3Buckets();
  private final List<Request> requests = new ArrayList<>();

  private Predicate<Request> faulty = request -> false;
  private Fault fault = Fault.INTERNAL_ERROR;
  private CountDownLatch thaw = new CountDownLatch(1);

  private S3Stub() {
    threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread made = new Thread(task, THREADS + "request");
              made.setDaemon(true);
              return made;
            });
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** A server without any bucket, on a port of its own. */
  public static S3Stub start() {
    return new S3Stub();
  }

  /** Where clients find it. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Puts an object, and makes the bucket if need be. Gives its eTag, without quotes. */
  public String put(String bucket, String key, byte[] bytes, Instant modified) {
    return buckets.put(bucket, key, bytes, modified).eTag();
  }

  /** Removes an object if it is there. */
  public void delete(String bucket, String key) {
    buckets.delete(bucket, key);
  }

  /** All requests so far, in the order in which they came. */
  public List<Request> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** How many requests of this operation came so far. */
  public int count(String operation) {
    return (int) requests().stream().filter(r -> r.operation().equals(operation)).count();
  }

  /** From now on, these requests go wrong. */
  public synchronized void fail(Fault how, Predicate<Request> which) {
    fault = how;
    faulty = which;
  }

  /** From now on, every request goes wrong. */
  public void fail(Fault how) {
    fail(how, request -> true);
  }

  /** From now on all goes well; what is frozen ends. */
  public synchronized void heal() {
    faulty = request -> false;
    thaw.countDown();
    thaw = new CountDownLatch(1);
  }

  private synchronized @Nullable Fault faultOf(Request request) {
    return faulty.test(request) ? fault : null;
  }

  private synchronized CountDownLatch frost() {
    return thaw;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] sent = exchange.getRequestBody().readAllBytes();
      S3Call call = S3Call.of(exchange);
      synchronized (requests) {
        requests.add(call.request());
      }
      Fault wrong = faultOf(call.request());
      if (wrong == Fault.FROZEN) {
        freeze();
        return;
      }
      Answer answer =
          wrong == null || wrong == Fault.CUT_BODY || wrong == Fault.FROZEN_BODY
              ? call.answer(buckets, sent)
              : failure(wrong);
      send(exchange, answer, wrong == Fault.CUT_BODY || wrong == Fault.FROZEN_BODY, wrong);
    }
  }

  private void send(HttpExchange exchange, Answer answer, boolean half, @Nullable Fault wrong)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    exchange.getResponseHeaders().set("x-amz-request-id", "stub");
    S3Buckets.Stored object = answer.object();
    if (object != null) {
      exchange.getResponseHeaders().set("ETag", "\"" + object.eTag() + "\"");
      exchange.getResponseHeaders().set("Last-Modified", httpDate(object.modified()));
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(answer.body().length));
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    byte[] body = answer.body();
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length == 0) {
      return;
    }
    OutputStream out = exchange.getResponseBody();
    out.write(body, 0, half ? body.length / 2 : body.length);
    out.flush();
    if (wrong == Fault.FROZEN_BODY) {
      freeze();
    }
  }

  private void freeze() {
    try {
      frost().await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Answer failure(Fault fault) {
    return switch (fault) {
      case SLOW_DOWN -> S3Call.error(503, "SlowDown");
      case ACCESS_DENIED -> S3Call.error(403, "AccessDenied");
      default -> S3Call.error(500, "InternalError");
    };
  }

  private static String httpDate(Instant at) {
    return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
        .format(at.atOffset(ZoneOffset.UTC));
  }

  @Override
  public void close() {
    heal();
    server.stop(0);
    threads.shutdownNow();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
