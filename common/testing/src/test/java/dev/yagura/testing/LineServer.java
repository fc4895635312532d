package dev.yagura.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A real if small upstream: it answers each line {@code ask} with a depth and an age. */
public final class LineServer implements AutoCloseable {
  private final ServerSocket listener;
  private final String answer;
  private final AtomicInteger asked = new AtomicInteger();

  public LineServer(String answer) {
    this.answer = answer;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  public int asked() {
    return asked.get();
  }

  private void accept() {
    while (true) {
      try {
        Socket client = listener.accept();
        start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      var lines =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      while ("ask".equals(lines.readLine())) {
        asked.incrementAndGet();
        client.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException ignored) {
      // The client went away.
    }
  }

  private static void start(Runnable task) {
    var thread = new Thread(task, "frozen-wire-line-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
