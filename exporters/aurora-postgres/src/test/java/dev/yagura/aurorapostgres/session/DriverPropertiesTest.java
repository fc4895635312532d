package dev.yagura.aurorapostgres.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriverPropertiesTest {
  private static final String SYSTEM = "org.postgresql.ssl.DefaultJavaSSLFactory";

  @Test
  void sslrootcertSystemTrustsWhomTheSystemTrusts() {
    assertThat(DriverProperties.of(Map.of("sslmode", "verify-full", "sslrootcert", "system")))
        .containsEntry("sslfactory", SYSTEM)
        .doesNotContainKey("sslrootcert");
  }

  @Test
  void verifyWithoutAFileTrustsWhomTheSystemTrusts() {
    assumeThat(Files.exists(Path.of(System.getProperty("user.home"), ".postgresql/root.crt")))
        .isFalse();
    assertThat(DriverProperties.of(Map.of("sslmode", "verify-full")))
        .containsEntry("sslfactory", SYSTEM);
    assertThat(DriverProperties.of(Map.of("sslmode", "require"))).doesNotContainKey("sslfactory");
  }

  @Test
  void aFileThatIsNamedIsTheOneThatIsTrusted() {
    assertThat(DriverProperties.of(Map.of("sslmode", "verify-full", "sslrootcert", "/rds.pem")))
        .containsEntry("sslrootcert", "/rds.pem")
        .doesNotContainKey("sslfactory");
  }
}
