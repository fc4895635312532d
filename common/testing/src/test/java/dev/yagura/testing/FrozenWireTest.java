package dev.yagura.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FrozenWireTest {
  private LineServer server;
  private FrozenWire wire;

  @BeforeEach
  void open() {
    server = new LineServer("7 30");
    wire = FrozenWire.to(server.address());
  }

  @AfterEach
  void close() {
    wire.close();
    server.close();
  }

  @Test
  void bytesPassBothWaysAndAreCounted() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client)).isEqualTo("7 30\n");
      assertThat(ask(client)).isEqualTo("7 30\n");
      assertThat(wire.bytesFromClients()).isEqualTo(8);
      assertThat(wire.bytesToServer()).isEqualTo(8);
      assertThat(wire.bytesToClients()).isEqualTo(10);
      assertThat(wire.connections()).isEqualTo(1);
      assertThat(wire.open()).isEqualTo(1);
    }
    Await.until("the closed connection is gone", () -> wire.open() == 0);
    assertThat(wire.connections()).isEqualTo(1);
  }

  @Test
  void aFrozenWireSaysNothingToNewAndOldConnectionsUntilItThaws() throws IOException {
    try (Socket old = connect()) {
      ask(old);
      wire.freeze();
      send(old);
      assertSilent(old);
      try (Socket fresh = connect()) {
        send(fresh);
        assertSilent(fresh);
        assertThat(server.asked()).isEqualTo(1);

        wire.thaw();
        assertThat(receive(old)).isEqualTo("7 30\n");
        assertThat(receive(fresh)).isEqualTo("7 30\n");
      }
    }
  }

  @Test
  void theEndOfAStreamDoesNotGetThroughAFrozenWire() throws IOException {
    try (var once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var other = FrozenWire.to("127.0.0.1", once.getLocalPort());
        Socket client = new Socket(InetAddress.getLoopbackAddress(), other.port());
        Socket peer = once.accept()) {
      other.freeze();
      peer.shutdownOutput();
      assertSilent(client);
      other.thaw();
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void itFreezesInTheMiddleOfAnAnswerWhereItIsTold() throws IOException {
    try (Socket client = connect()) {
      wire.freezeAfter(7);
      assertThat(ask(client)).isEqualTo("7 30\n");
      send(client);
      assertSilent(client);
      assertThat(server.asked()).isEqualTo(2);
      wire.thaw();
      assertThat(receive(client)).isEqualTo("7 30\n");
    }
  }

  @Test
  void aWireThatRefusesResetsWhatIsThereAndKeepsItsPort() throws IOException {
    int port = wire.port();
    for (int i = 0; i < 3; i++) {
      try (Socket client = connect()) {
        ask(client);
        wire.refuse();
        assertThatThrownBy(() -> receive(client)).isInstanceOf(SocketException.class);
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
      }
      wire.thaw();
      assertThat(wire.port()).isEqualTo(port);
      try (Socket client = connect()) {
        assertThat(ask(client)).isEqualTo("7 30\n");
      }
    }
  }

  @Test
  void aCutResetsWhatIsThereAndLetsNewConnectionsIn() throws IOException {
    try (Socket client = connect()) {
      ask(client);
      wire.cut();
      assertThatThrownBy(() -> receive(client)).isInstanceOf(SocketException.class);
    }
    try (Socket client = connect()) {
      assertThat(ask(client)).isEqualTo("7 30\n");
    }
  }

  @Test
  void garbageIsAnsweredUnaskedAndTheConnectionStays() throws IOException {
    wire.answerGarbage();
    try (Socket client = connect()) {
      byte[] garbage = client.getInputStream().readNBytes(256 * "?!garbage\r\n\r\n".length());
      assertThat(new String(garbage, StandardCharsets.US_ASCII)).startsWith("?!garbage");
      assertSilent(client);
    }
    wire.thaw();
    try (Socket client = connect()) {
      assertThat(ask(client)).isEqualTo("7 30\n");
    }
  }

  @Test
  void onceClosedItHasNeitherThreadsNorConnections() throws IOException {
    var before = LeakCheck.threads("frozen-wire-line-server");
    var other = FrozenWire.to(server.address());
    try (Socket passing = new Socket(InetAddress.getLoopbackAddress(), other.port())) {
      ask(passing);
      other.freeze();
      try (Socket frozen = new Socket(InetAddress.getLoopbackAddress(), other.port())) {
        Await.until("both are accepted", () -> other.open() == 2);
        assertThat(before.fresh()).isNotEmpty();
        other.close();
        before.assertNoNewThreads();
        assertThat(other.open()).isZero();
        assertThat(frozen.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), wire.port());
  }

  private static void send(Socket client) throws IOException {
    client.getOutputStream().write("ask\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static String receive(Socket client) throws IOException {
    client.setSoTimeout(10_000);
    return new String(client.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
  }

  private static String ask(Socket client) throws IOException {
    send(client);
    return receive(client);
  }

  private static void assertSilent(Socket client) throws IOException {
    client.setSoTimeout(200);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
  }
}
