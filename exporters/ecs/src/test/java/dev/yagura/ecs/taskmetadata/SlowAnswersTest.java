package dev.yagura.ecs.taskmetadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.testing.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint that sends one byte after another, or its answer in pieces. */
@Timeout(60)
class SlowAnswersTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  /** Sends the head at once, and then a byte every 50 ms until nobody listens, or for 10 s. */
  private static final class Dripping implements AutoCloseable {
    private static final int MOST = 200;

    private final ServerSocket server;
    private final CountDownLatch left = new CountDownLatch(1);

    Dripping(String head) throws IOException {
      server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
      var thread = new Thread(() -> drip(head), "dripping");
      thread.setDaemon(true);
      thread.start();
    }

    private void drip(String head) {
      try (Socket socket = server.accept()) {
        OutputStream out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        for (int i = 0; i < MOST; i++) {
          out.write('1');
          out.flush();
          TimeUnit.MILLISECONDS.sleep(50);
        }
      } catch (SocketException e) {
        left.countDown();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    MetadataClient client() {
      return new MetadataClient(MetadataServer.endpoint(server.getLocalPort()));
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 2",
        "HTTP/1.1 200 OK\r\nX-A: ",
        "HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;"
      })
  void anAnswerThatDripsEndsAtTheDeadline(String head) throws Exception {
    try (var server = new Dripping(head)) {
      Deadline deadline = Deadline.after(Duration.ofMillis(500), System::nanoTime);
      Deadline far = Deadline.after(Duration.ofSeconds(5), System::nanoTime);

      assertThatThrownBy(() -> server.client().get("/task", deadline))
          .isInstanceOfSatisfying(
              ScrapeException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.TIMEOUT));

      assertThat(far.hasPassed()).isFalse();
      Await.until("the connection is closed", () -> server.left.getCount() == 0);
    }
  }

  private static String answerTo(String answer) throws Exception {
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var thread =
          new Thread(
              () -> {
                try (Socket socket = server.accept()) {
                  socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      thread.setDaemon(true);
      thread.start();
      return new MetadataClient(MetadataServer.endpoint(server.getLocalPort()))
          .get("/task", Deadline.after(LONG, System::nanoTime))
          .toString();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n{\"a\":1}",
        "HTTP/1.0 200 OK\r\n\r\n{\"a\":1}",
        "HTTP/1.1 200\r\nTransfer-Encoding: Chunked\r\n\r\n3;x=y\r\n{\"a\r\n4 \r\n\":1}\r\n0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\nX: y\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"a\":1}"
      })
  void anAnswerIsReadHoweverItsLengthIsTold(String answer) throws Exception {
    assertThat(answerTo(answer)).isEqualTo("{\"a\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"a\":1}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{\"a\":1}\r\n",
        "HTTP/1.1 200 OK\r\nContent-Le"
      })
  void anAnswerThatEndsEarlyIsNoAnswer(String answer) {
    assertThatThrownBy(() -> answerTo(answer))
        .isInstanceOfSatisfying(
            ScrapeException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.UNREACHABLE));
  }

  @Test
  void aHeadWithoutEndIsNoAnswer() {
    assertThatThrownBy(() -> answerTo("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(100_000)))
        .isInstanceOf(ScrapeException.class);
  }
}
