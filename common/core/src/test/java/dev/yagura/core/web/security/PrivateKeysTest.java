package dev.yagura.core.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateKeysTest {
  private final Path directory;

  PrivateKeysTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private static String fixture(String name) {
    try (InputStream in =
        Objects.requireNonNull(PrivateKeysTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"rsa,rsa-pkcs1.key", "ec,ec-sec1.key", "ed25519,ed25519-pkcs8.key"})
  void aKeyAsOpensslWritesItIsServed(String name, String key) throws IOException {
    WebFiles files = new WebFiles(directory);
    files.write("server.crt", fixture(name + ".crt")).write("server.key", fixture(key));
    files.config("tls_server_config: {cert_file: server.crt, key_file: server.key}");
    try (Served served = new Served(files.load())) {
      assertThat(TlsClient.anonymous().get(served.port()).subject()).isEqualTo("CN=" + name);
    }
  }

  @Test
  void aPkcs1KeyKeepsItsNumbers() throws Exception {
    RSAPrivateCrtKey key = (RSAPrivateCrtKey) PrivateKeys.fromPem(fixture("rsa-pkcs1.key"));
    assertThat(key.getModulus().bitLength()).isEqualTo(2048);
    assertThat(key.getPrimeP().multiply(key.getPrimeQ())).isEqualTo(key.getModulus());
  }

  @ParameterizedTest
  @CsvSource({
    "RSA PRIVATE KEY,AAAA,is not an RSA",
    "EC PRIVATE KEY,AAAA,is an EC key that does not name its curve",
    "EC PRIVATE KEY,MIT//////w==,is not DER",
    "EC PRIVATE KEY,MA==,is not DER",
    "PRIVATE KEY,A,is not Base64",
    "DSA PRIVATE KEY,AAAA,is a DSA PRIVATE KEY",
    "CERTIFICATE,AAAA,has no PEM private key"
  })
  void whatIsNoKeyIsRefusedWithAReason(String type, String body, String reason) {
    String pem = "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    assertThatThrownBy(() -> PrivateKeys.fromPem(pem))
        .isInstanceOf(KeyException.class)
        .hasMessageStartingWith(reason);
  }

  @Test
  void anEncryptedKeyIsRefusedAsSuch() {
    assertThatThrownBy(() -> PrivateKeys.fromPem(fixture("rsa-encrypted.key")))
        .hasMessageContaining("is encrypted");
    String old =
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED

        AAAA
        -----END RSA PRIVATE KEY-----
        """;
    assertThatThrownBy(() -> PrivateKeys.fromPem(old)).hasMessageContaining("is encrypted");
  }
}
