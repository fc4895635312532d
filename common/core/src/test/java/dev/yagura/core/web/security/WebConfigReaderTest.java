package dev.yagura.core.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebConfigReaderTest {
  private static TestPki pki = new TestPki(Path.of("."));

  private final Path directory;

  WebConfigReaderTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeAll
  static void makeCertificates(@TempDir Path pkiDirectory) {
    pki = new TestPki(pkiDirectory).selfSigned("server").selfSigned("other");
  }

  /** The problems without the path in front of them. */
  private List<String> problems(String... lines) {
    WebFiles files = new WebFiles(directory);
    files.write("server.crt", pki.certificate("server")).write("server.key", pki.key("server"));
    files.write("other.key", pki.key("other"));
    files.config(lines);
    WebConfigException refused =
        catchThrowableOfType(
            WebConfigException.class, () -> WebConfigReader.read(files.config(), new FileStamps()));
    assertThat(refused).as("refused").isNotNull();
    String path = files.config() + ":";
    return refused.problems().stream()
        .map(problem -> problem.replace(path, "").replace(directory + "/", ""))
        .collect(Collectors.toList());
  }

  @Test
  void allProblemsAreToldAtOnceEachWithItsLine() {
    assertThat(
            problems(
                "tls_server_config:",
                "  cert_fil: server.crt",
                "  key_file: missing.key",
                "  client_auth_type: Always",
                "  min_version: TLS14",
                "  cipher_suites: [TLS_NO_SUCH]",
                "  curve_preferences: [CurveP1]",
                "  prefer_server_cipher_suites: maybe",
                "http_server_config:",
                "  headers:",
                "    X-Powered-By: us",
                "    X-Content-Type-Options: sniff",
                "basic_auth_users:",
                "  alice: secret",
                "  'a:b': " + Hashes.of("x"),
                "rate_limit: {interval: soon}",
                "extra: 1"))
        .containsExactlyInAnyOrder(
            "2: unknown key `cert_fil` in tls_server_config; did you mean `cert_file`?",
            "2: tls_server_config needs cert or cert_file",
            "3: key_file missing.key: no such file",
            "4: client_auth_type must be one of NoClientCert, RequestClientCert,"
                + " RequireAnyClientCert, VerifyClientCertIfGiven, RequireAndVerifyClientCert",
            "5: min_version must be one of TLS10, TLS11, TLS12, TLS13",
            "6: cipher_suites: this JVM does not offer `TLS_NO_SUCH`",
            "7: curve_preferences: unknown curve `CurveP1`;"
                + " known are CurveP256, CurveP384, CurveP521, X25519",
            "8: prefer_server_cipher_suites must be true or false",
            "11: unknown key `X-Powered-By` in headers",
            "12: X-Content-Type-Options must be one of nosniff",
            "14: basic_auth_users: `alice` needs a bcrypt hash ($2a$, $2b$ or $2y$)",
            "15: basic_auth_users: a user's name cannot contain `:`",
            "16: interval must be a duration such as 100ms",
            "17: unknown key `extra` in the file");
  }

  @Test
  void aCertificateWithoutAKeyIsRefused() {
    assertThat(problems("tls_server_config: {cert_file: server.crt}"))
        .containsExactly("1: tls_server_config needs key or key_file");
  }

  @Test
  void tlsSettingsWithoutACertificateAreRefusedInsteadOfServingPlainHttp() {
    assertThat(problems("tls_server_config: {min_version: TLS13}"))
        .containsExactly(
            "1: tls_server_config needs cert or cert_file",
            "1: tls_server_config needs key or key_file");
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() {
    assertThat(problems("tls_server_config: {cert_file: server.crt, key_file: other.key}"))
        .containsExactly("1: key_file other.key does not belong to the certificate");
  }

  @Test
  void theSameThingTwiceIsRefused() {
    assertThat(
            problems(
                "tls_server_config:",
                "  cert_file: server.crt",
                "  cert: x",
                "  key_file: server.key",
                "  key_file: server.key"))
        .containsExactlyInAnyOrder(
            "2: give cert or cert_file, not both",
            "5: `key_file` is given twice in tls_server_config");
  }

  private List<String> tlsProblems(String more) {
    return problems(
        "tls_server_config:", "  cert_file: server.crt", "  key_file: server.key", more);
  }

  @Test
  void anAuthorityThatNobodyAsksForIsRefused() {
    assertThat(tlsProblems("  client_ca_file: server.crt"))
        .containsExactly(
            "4: client_ca_file has no effect without a client_auth_type"
                + " that asks for a certificate");
  }

  @Test
  void verificationWithoutAnAuthorityIsRefused() {
    assertThat(tlsProblems("  client_auth_type: RequireAndVerifyClientCert"))
        .containsExactly(
            "4: RequireAndVerifyClientCert needs client_ca or client_ca_file to verify against");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NoClientCert", "RequestClientCert"})
  void allowedNamesWithoutARequiredCertificateAreRefused(String auth) {
    assertThat(tlsProblems("  client_auth_type: " + auth + "\n  client_allowed_sans: [a]"))
        .containsExactly(
            "5: client_allowed_sans needs client_auth_type RequireAnyClientCert"
                + " or RequireAndVerifyClientCert");
  }

  @Test
  void anEmptyListOfAllowedNamesIsRefused() {
    assertThat(tlsProblems("  client_auth_type: RequireAnyClientCert\n  client_allowed_sans: []"))
        .containsExactly("5: client_allowed_sans must name at least one client");
  }

  @Test
  void versionsInTheWrongOrderOrThatTheJvmDoesNotHaveAreRefused() {
    assertThat(tlsProblems("  min_version: TLS13\n  max_version: TLS12"))
        .containsExactly("5: min_version TLS13 is above max_version TLS12");
    assertThat(tlsProblems("  min_version: TLS10\n  max_version: TLS11"))
        .containsExactly(
            "5: TLS10, TLS11: this JVM offers none of them (see jdk.tls.disabledAlgorithms)");
  }

  @Test
  void whatIsNoMappingListOrValueIsRefused() {
    assertThat(problems("- a")).containsExactly("1: the file must be a mapping");
    assertThat(problems("tls_server_config: 1"))
        .containsExactly("1: tls_server_config must be a mapping");
    assertThat(tlsProblems("  cipher_suites: 1"))
        .containsExactly("4: cipher_suites must be a list");
    assertThat(tlsProblems("  client_auth_type: [a]"))
        .containsExactly("4: client_auth_type must be a single value");
    assertThat(problems("rate_limit: {interval: 1s}"))
        .containsExactly("1: burst must be a number from 1 to 999999");
  }

  @Test
  void aHeaderOfTwoLinesIsRefused() {
    assertThat(
            problems(
                "http_server_config: {headers: {Content-Security-Policy: \"a\\r\\nSet-Cookie: b\"}}"))
        .containsExactly("1: Content-Security-Policy must be one line of printable ASCII");
  }

  @Test
  void brokenYamlIsRefusedWithoutQuotingIt() {
    assertThat(problems("basic_auth_users:", "  alice: $2y$secret", " bob: $2y$secret"))
        .singleElement()
        .asString()
        .startsWith("3: is not YAML")
        .doesNotContain("secret");
  }

  @Test
  void aMissingFileIsRefused() {
    assertThatThrownBy(() -> WebSecurity.load(directory.resolve("none.yml")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("none.yml: no such file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$2x$10$" + "PLACEHOLDERPLACEHOLDERPLACEHOLDERPLACEHOLDERPLACEHOLD",
        "$2y$32$" + "PLACEHOLDERPLACEHOLDERPLACEHOLDERPLACEHOLDERPLACEHOLD",
        "$2y$03$" + "PLACEHOLDERPLACEHOLDERPLACEHOLDERPLACEHOLDERPLACEHOLD",
        "$2y$10$short",
        "$1$abc",
        "plain"
      })
  void whatIsNoBcryptHashIsNone(String text) {
    assertThat(BcryptHash.parse(text)).isEmpty();
  }

  @Test
  void secretsAreNotPrinted() {
    WebFiles files = new WebFiles(directory);
    files.config("basic_auth_users:", "  alice: " + Hashes.of("x"));
    assertThat(WebConfigReader.read(files.config(), new FileStamps()).toString())
        .contains("alice=***")
        .doesNotContain("$2y$");
  }
}
