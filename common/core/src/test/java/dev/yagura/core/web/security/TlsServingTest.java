package dev.yagura.core.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsServingTest {
  private static TestPki pki = new TestPki(Path.of("."));

  private final Path directory;

  TlsServingTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeAll
  static void makeCertificates(@TempDir Path pkiDirectory) {
    pki = new TestPki(pkiDirectory).selfSigned("first").selfSigned("second");
  }

  private WebFiles files(String... more) {
    WebFiles files = new WebFiles(directory);
    files.write("server.crt", pki.certificate("first")).write("server.key", pki.key("first"));
    String config = "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n";
    return files.write("web.yml", config + String.join("\n", more) + "\n");
  }

  @Test
  void aCertificateBesideTheFileIsServed() throws IOException {
    WebSecurity security = files().load();
    assertThat(security.tls()).isTrue();
    try (Served served = new Served(security)) {
      TlsClient.Answer answer = TlsClient.anonymous().get(served.port());
      assertThat(answer.subject()).isEqualTo("CN=first");
      assertThat(answer.protocol()).isEqualTo("TLSv1.3");
      assertThat(answer.response()).startsWith("HTTP/1.1 200").endsWith("hello");
    }
  }

  @Test
  void aCertificateInTheFileItselfIsServed() throws IOException {
    WebFiles files = new WebFiles(directory);
    files.config(
        "tls_server_config:",
        "  cert: |",
        pki.certificate("second").indent(4),
        "  key: |",
        pki.key("second").indent(4));
    try (Served served = new Served(files.load())) {
      assertThat(TlsClient.anonymous().get(served.port()).subject()).isEqualTo("CN=second");
    }
  }

  @Test
  void aRotatedCertificateIsServedWithoutARestartAndOnlyAfterASecond() throws IOException {
    WebFiles files = files();
    TlsClient client = TlsClient.anonymous();
    try (Served served = new Served(files.load())) {
      assertThat(client.get(served.port()).subject()).isEqualTo("CN=first");
      files.write("server.crt", pki.certificate("second")).write("server.key", pki.key("second"));
      files.passMillis(999);
      assertThat(client.get(served.port()).subject()).isEqualTo("CN=first");
      files.passMillis(1);
      assertThat(client.get(served.port()).subject()).isEqualTo("CN=second");
    }
  }

  @Test
  void aBrokenRotationKeepsTheLastGoodCertificateSaysSoOnceAndRecovers() throws IOException {
    WebFiles files = files();
    TlsClient client = TlsClient.anonymous();
    try (Served served = new Served(files.load());
        LogTrap log = new LogTrap(LiveConfig.class)) {
      files.write("server.crt", "not a certificate");
      for (int look = 0; look < 3; look++) {
        files.passMillis(1000);
        assertThat(client.get(served.port()).subject()).isEqualTo("CN=first");
      }
      assertThat(log.warnings())
          .singleElement()
          .asString()
          .contains("server.crt has no PEM certificate");
      files.write("server.crt", pki.certificate("second")).write("server.key", pki.key("second"));
      files.passMillis(1000);
      assertThat(client.get(served.port()).subject()).isEqualTo("CN=second");
      assertThat(log.warnings()).hasSize(1);
    }
  }

  @Test
  void aRotationThatHasOnlyComeHalfWayKeepsTheLastGoodPair() throws IOException {
    WebFiles files = files();
    TlsClient client = TlsClient.anonymous();
    try (Served served = new Served(files.load());
        LogTrap log = new LogTrap(LiveConfig.class)) {
      files.write("server.crt", pki.certificate("second"));
      files.passMillis(1000);
      assertThat(client.get(served.port()).subject()).isEqualTo("CN=first");
      assertThat(log.warnings()).hasSize(1);
      files.write("server.key", pki.key("second"));
      files.passMillis(1000);
      assertThat(client.get(served.port()).subject()).isEqualTo("CN=second");
    }
  }

  @Test
  void changedVersionsHoldForTheNextConnection() throws IOException {
    WebFiles files = files();
    TlsClient client = TlsClient.anonymous();
    try (Served served = new Served(files.load())) {
      assertThat(client.get(served.port()).protocol()).isEqualTo("TLSv1.3");
      files("  max_version: TLS12");
      files.passMillis(1000);
      assertThat(client.get(served.port()).protocol()).isEqualTo("TLSv1.2");
    }
  }

  @Test
  void aVersionBelowTheMinimumIsRefused() {
    try (Served served = new Served(files("  min_version: TLS13").load())) {
      TlsClient old = new TlsClient(List.of("TLSv1.2"));
      assertThatThrownBy(() -> old.get(served.port())).isInstanceOf(SSLException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"0302,false", "0303,true"})
  void tls11IsRefusedByDefaultAndTls12IsNot(String version, boolean answered) throws IOException {
    // Written by hand, because the client side of the JVM no longer says TLS 1.1 either.
    byte[] hello =
        HexFormat.of()
            .parseHex(
                "1603010041" // a handshake record
                    + "0100003d"
                    + version
                    + "00".repeat(32) // random
                    + "00" // no session
                    + "0004c009c013" // two suites that both versions have
                    + "0100" // no compression
                    + "0010"
                    + "000a000400020017" // the group secp256r1
                    + "000d000400020403"); // signatures with ECDSA and SHA-256
    try (Served served = new Served(files().load());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(hello);
      int handshake = 22;
      assertThat(socket.getInputStream().read() == handshake).isEqualTo(answered);
    }
  }

  @Test
  void tls12IsTheDefaultMinimum() {
    TlsConfig tls = tlsOf(files());
    assertThat(tls.protocols()).containsExactly("TLSv1.2", "TLSv1.3");
    assertThat(tls.preferServerCiphers()).isTrue();
  }

  @Test
  void cipherSuitesHoldForTls12AndLeaveThoseOfTls13() throws IOException {
    String suite = "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256";
    WebFiles files = files("  cipher_suites: [" + suite + "]");
    try (Served served = new Served(files.load())) {
      TlsClient old = new TlsClient(List.of("TLSv1.2"));
      assertThat(old.get(served.port()).cipher()).isEqualTo(suite);
      assertThat(TlsClient.anonymous().get(served.port()).protocol()).isEqualTo("TLSv1.3");
    }
  }

  @Test
  void theServersOrderOfCiphersWinsUnlessTheFileSaysOtherwise() throws IOException {
    String last = "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA";
    String suites = "  cipher_suites: [" + last + ", TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]";
    TlsClient client = new TlsClient(List.of("TLSv1.2"));
    try (Served served = new Served(files(suites).load())) {
      assertThat(client.get(served.port()).cipher()).isEqualTo(last);
    }
    try (Served served = new Served(files(suites, "  prefer_server_cipher_suites: false").load())) {
      assertThat(client.get(served.port()).cipher()).isNotEqualTo(last);
    }
  }

  @Test
  void curvesAreChosenWhereTheJvmLetsAndRefusedElsewhere() throws Exception {
    WebFiles files = files("  curve_preferences: [CurveP384]");
    if (NamedGroups.canBeChosen()) {
      try (Served served = new Served(files.load())) {
        assertThat(TlsClient.anonymous().get(served.port()).subject()).isEqualTo("CN=first");
      }
      assertThat(TlsServer.of(tlsOf(files)).parameters())
          .extracting("namedGroups")
          .isEqualTo(new String[] {"secp384r1"});
    } else {
      assertThatThrownBy(files::load)
          .isInstanceOf(WebConfigException.class)
          .hasMessageContaining("-Djdk.tls.namedGroups=secp384r1");
    }
  }

  private static TlsConfig tlsOf(WebFiles files) {
    return Objects.requireNonNull(WebConfigReader.read(files.config(), new FileStamps()).tls());
  }
}
