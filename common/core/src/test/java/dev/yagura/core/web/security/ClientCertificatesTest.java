package dev.yagura.core.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientCertificatesTest {
  private static TestPki pki = new TestPki(Path.of("."));

  private final Path directory;

  ClientCertificatesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeAll
  static void makeCertificates(@TempDir Path pkiDirectory) {
    pki =
        new TestPki(pkiDirectory)
            .selfSigned("server")
            .authority("ca")
            .authority("other-ca")
            .signed("prometheus", "ca", "san=dns:prometheus.example,ip:2001:db8::1")
            .signed("stranger", "other-ca", "san=dns:prometheus.example");
  }

  private WebFiles files(String auth, String... more) {
    WebFiles files = new WebFiles(directory);
    files.write("server.crt", pki.certificate("server")).write("server.key", pki.key("server"));
    files.write("ca.crt", pki.certificate("ca"));
    return files.config(
        "tls_server_config:",
        "  cert_file: server.crt",
        "  key_file: server.key",
        "  client_auth_type: " + auth,
        String.join("\n", more));
  }

  private static void assertServes(Served served, TlsClient client) throws IOException {
    assertThat(client.get(served.port()).response()).endsWith("hello");
  }

  /** The server ends the connection, which a client sees as an error or as nothing to read. */
  private static void assertRefuses(Served served, TlsClient client) {
    String response;
    try {
      response = client.get(served.port()).response();
    } catch (IOException e) {
      response = "";
    }
    assertThat(response).isEmpty();
  }

  private static TlsClient as(String alias) {
    return TlsClient.with(pki.clientKeys(alias));
  }

  private static final String CA = "  client_ca_file: ca.crt";

  @Test
  void requireAndVerifyLetsInOnlyWhomTheAuthoritySigned() throws IOException {
    try (Served served = new Served(files("RequireAndVerifyClientCert", CA).load())) {
      assertServes(served, as("prometheus"));
      assertRefuses(served, as("stranger"));
      assertRefuses(served, TlsClient.anonymous());
    }
  }

  @Test
  void verifyIfGivenLetsInNobodysCertificateButAlsoNoCertificate() throws IOException {
    try (Served served = new Served(files("VerifyClientCertIfGiven", CA).load())) {
      assertServes(served, as("prometheus"));
      assertServes(served, TlsClient.anonymous());
      assertRefuses(served, as("stranger"));
    }
  }

  @Test
  void requireAnyWantsACertificateOfAnybody() throws IOException {
    try (Served served = new Served(files("RequireAnyClientCert").load())) {
      assertServes(served, as("stranger"));
      assertRefuses(served, TlsClient.anonymous());
    }
  }

  @Test
  void requestAsksAndTakesWhatComes() throws IOException {
    try (Served served = new Served(files("RequestClientCert").load())) {
      assertServes(served, as("stranger"));
      assertServes(served, TlsClient.anonymous());
    }
  }

  @Test
  void aClientWithoutAnAllowedNameIsRefused() throws IOException {
    WebFiles right =
        files("RequireAndVerifyClientCert", CA, "  client_allowed_sans: [prometheus.example]");
    try (Served served = new Served(right.load())) {
      assertServes(served, as("prometheus"));
    }
    WebFiles wrong = files("RequireAndVerifyClientCert", CA, "  client_allowed_sans: [a.example]");
    try (Served served = new Served(wrong.load())) {
      assertRefuses(served, as("prometheus"));
    }
  }

  @Test
  void anAllowedNameDoesNotReplaceTheAuthority() throws IOException {
    WebFiles files =
        files("RequireAndVerifyClientCert", CA, "  client_allowed_sans: [prometheus.example]");
    try (Served served = new Served(files.load())) {
      assertRefuses(served, as("stranger"));
    }
  }

  @Test
  void anAddressIsAllowedInAnySpelling() throws IOException {
    WebFiles files = files("RequireAnyClientCert", "  client_allowed_sans: ['2001:0DB8:0::1']");
    try (Served served = new Served(files.load())) {
      assertServes(served, as("prometheus"));
      assertRefuses(served, as("stranger"));
    }
  }

  @Test
  void aRotatedAuthorityShutsOutWhomTheOldOneSignedAlsoOnAResumedSession() throws IOException {
    WebFiles files = files("RequireAndVerifyClientCert", CA);
    TlsClient client = as("prometheus");
    try (Served served = new Served(files.load())) {
      assertServes(served, client);
      files.write("ca.crt", pki.certificate("other-ca"));
      files.passMillis(1000);
      assertRefuses(served, client);
      assertServes(served, as("stranger"));
    }
  }

  @Test
  void aFileThatNoLongerRequiresCertificatesTakesARestart() throws IOException {
    WebFiles files = files("RequireAndVerifyClientCert", CA);
    try (Served served = new Served(files.load());
        LogTrap log = new LogTrap(LiveConfig.class)) {
      files("NoClientCert");
      files.passMillis(1000);
      assertRefuses(served, TlsClient.anonymous());
      assertServes(served, as("prometheus"));
      assertThat(log.warnings()).singleElement().asString().contains("takes a restart");
    }
  }

  @Test
  void anAuthorityThatIsOnlyAHintIsSaidSo() {
    WebFiles files = files("RequireAnyClientCert", CA);
    try (LogTrap log = new LogTrap(LiveConfig.class)) {
      assertThat(files.load().tls()).isTrue();
      assertThat(log.warnings())
          .singleElement()
          .asString()
          .contains("client_ca_file is only a hint");
    }
  }
}
