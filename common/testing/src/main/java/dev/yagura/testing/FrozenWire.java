package dev.yagura.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on a port of 127.0.0.1 that can go wrong in the ways networks do: it freezes,
 * refuses, cuts, or answers garbage. Its threads are daemons and end with it.
 */
public final class FrozenWire implements AutoCloseable {
  /** What the names of all its threads begin with. */
  public static final String THREADS = "frozen-wire-";

  private static final int CONNECT_MILLIS = 5_000;
  private static final byte[] GARBAGE =
      "?!garbage\r\n\r\n".repeat(256).getBytes(StandardCharsets.US_ASCII);

  private final InetSocketAddress upstream;
  private final Socket reservation;
  private final int port;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong toServer = new AtomicLong();
  private final AtomicLong toClient = new AtomicLong();

  private final Object gate = new Object();
  private boolean frozen;
  private boolean garbage;
  private boolean closed;
  private long freezeAt = Long.MAX_VALUE;
  private @Nullable ServerSocket listener;
  private @Nullable Thread acceptor;

  private FrozenWire(InetSocketAddress upstream) {
    this.upstream = upstream;
    try {
      // Holds the port while nothing listens, so that no other program is given it meanwhile.
      reservation = new Socket();
      reservation.setReuseAddress(true);
      reservation.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      port = reservation.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    listen();
  }

  /** A wire that passes bytes to this server until told otherwise. */
  public static FrozenWire to(String host, int port) {
    return to(new InetSocketAddress(host, port));
  }

  /** A wire that passes bytes to this server until told otherwise. */
  public static FrozenWire to(InetSocketAddress server) {
    return new FrozenWire(server);
  }

  /** Where clients connect to; it never changes. */
  public int port() {
    return port;
  }

  /** Connections accepted so far. */
  public int connections() {
    return accepted.get();
  }

  /** Connections that neither side has closed; one closed while frozen counts until it thaws. */
  public int open() {
    return links.size();
  }

  /** Bytes that clients sent so far, passed on or not. */
  public long bytesFromClients() {
    return received.get();
  }

  /** Bytes passed on to the server so far. */
  public long bytesToServer() {
    return toServer.get();
  }

  /** Bytes passed back to clients so far. */
  public long bytesToClients() {
    return toClient.get();
  }

  /** Passes nothing any more, in either direction; connections are still accepted, not answered. */
  public void freeze() {
    synchronized (gate) {
      frozen = true;
    }
  }

  /** Freezes as soon as this many more bytes have come back from the server. */
  public void freezeAfter(long bytesToClients) {
    synchronized (gate) {
      freezeAt = toClient.get() + bytesToClients;
    }
  }

  /** Passes bytes again, those held back first, and accepts connections again. */
  public void thaw() {
    synchronized (gate) {
      frozen = false;
      garbage = false;
      freezeAt = Long.MAX_VALUE;
      gate.notifyAll();
    }
    listen();
  }

  /** Refuses new connections and resets those that are there, as a host whose server is gone. */
  public void refuse() {
    stopListening();
    cut();
  }

  /** Resets all connections that are there; new ones are accepted. */
  public void cut() {
    links.forEach(Link::reset);
  }

  /** Answers each new connection with bytes that belong to no protocol, and keeps it open. */
  public void answerGarbage() {
    cut();
    synchronized (gate) {
      garbage = true;
    }
  }

  @Override
  public void close() {
    synchronized (gate) {
      closed = true;
      gate.notifyAll();
    }
    stopListening();
    links.forEach(Link::close);
    closeQuietly(reservation);
  }

  private void listen() {
    synchronized (gate) {
      if (listener != null || closed) {
        return;
      }
      try {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        listener = socket;
        acceptor = start("accept", () -> accept(socket));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void stopListening() {
    Thread accepting;
    synchronized (gate) {
      accepting = acceptor;
      acceptor = null;
      if (listener != null) {
        closeQuietly(listener);
        listener = null;
      }
    }
    if (accepting != null) {
      try {
        // The kernel listens for as long as a thread is inside accept.
        accepting.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void accept(ServerSocket socket) {
    while (true) {
      try {
        var link = new Link(socket.accept());
        links.add(link);
        accepted.incrementAndGet();
        start("to-server", link::run);
        synchronized (gate) {
          if (listener != socket) {
            link.reset();
          }
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  /** Waits while frozen; false once the wire or the link is closed. */
  private boolean pass(Link link, int moreToClients) {
    synchronized (gate) {
      if (toClient.get() + moreToClients > freezeAt) {
        frozen = true;
      }
      while (frozen && !closed && !link.ended) {
        try {
          gate.wait();
        } catch (InterruptedException e) {
          return false;
        }
      }
      return !closed && !link.ended;
    }
  }

  private Thread start(String name, Runnable task) {
    var thread = new Thread(task, THREADS + port + "-" + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void closeQuietly(Closeable what) {
    try {
      what.close();
    } catch (IOException ignored) {
      // It is not to be used again either way.
    }
  }

  /** One client and, once it may be reached, the server. */
  private final class Link {
    private final Socket client;
    private final Socket server = new Socket();
    private volatile boolean ended;

    Link(Socket client) {
      this.client = client;
    }

    void run() {
      try {
        if (!pass(this, 0)) {
          return;
        }
        if (isGarbage()) {
          client.getOutputStream().write(GARBAGE);
          InputStream in = client.getInputStream();
          while (in.read() >= 0) {
            received.incrementAndGet();
          }
          return;
        }
        server.connect(upstream, CONNECT_MILLIS);
        start("to-client", this::answer);
        pump(client, server, toServer, received);
      } catch (IOException e) {
        reset();
      } finally {
        close();
      }
    }

    private boolean isGarbage() {
      synchronized (gate) {
        return garbage;
      }
    }

    private void answer() {
      try {
        pump(server, client, toClient, null);
      } catch (IOException ignored) {
        // Either side went away, and the other is told so below.
      } finally {
        close();
      }
    }

    private void pump(Socket from, Socket to, AtomicLong passed, @Nullable AtomicLong read)
        throws IOException {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      var buffer = new byte[8192];
      for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
        if (read != null) {
          read.addAndGet(size);
        }
        if (!pass(this, passed == toClient ? size : 0)) {
          return;
        }
        passed.addAndGet(size);
        out.write(buffer, 0, size);
      }
      // The end of a stream must not get through a frozen wire either.
      pass(this, 0);
    }

    void reset() {
      for (Socket socket : new Socket[] {client, server}) {
        try {
          socket.setSoLinger(true, 0);
        } catch (SocketException ignored) {
          // Closed already.
        }
      }
      close();
    }

    void close() {
      synchronized (gate) {
        ended = true;
        gate.notifyAll();
      }
      closeQuietly(client);
      closeQuietly(server);
      links.remove(this);
    }
  }
}
