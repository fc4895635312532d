package dev.yagura.all;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.all.Configuration.Source;
import dev.yagura.aurorapostgres.AuroraPostgresConfig;
import dev.yagura.aurorapostgres.scrapers.Compatibility;
import dev.yagura.core.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  private static final Path REFERENCE = Path.of("../../docs/config.yaml");

  @TempDir Path folder;

  @Test
  void theReferenceIsAcceptedAndItsValuesAreTheDefaults() throws Exception {
    AuroraPostgresConfig config =
        Objects.requireNonNull(read(REFERENCE, Map.of("PG_PASSWORD", "x")).auroraPostgres());
    AuroraPostgresConfig defaults = AuroraPostgresConfig.of(config.targets());
    assertThat(config.scrapeTimeout()).isEqualTo(defaults.scrapeTimeout());
    assertThat(config.compatibility()).isEqualTo(Compatibility.NONE);
    assertThat(config.targetLabel()).isEqualTo(defaults.targetLabel());
  }

  @Test
  void theReferenceNamesEveryKeyThatIsRead() throws Exception {
    assertThat(Files.readString(REFERENCE))
        .contains(
            "name:",
            "url:",
            "user:",
            "password:",
            "password_file:",
            "pause_safe:",
            "labels:",
            "include:",
            "exclude:",
            "tags:",
            "account:",
            "region:",
            "auth:",
            "database:",
            "sslmode:",
            "parameters:",
            "secret:",
            "secret_arn:",
            "interval:",
            "performance_insights:",
            "top_sql:",
            "server_label:",
            "pre_0_20_names:",
            "target_label:",
            "scrape_timeout:",
            "exclude_databases:",
            "exclude_users:",
            "include_query:",
            "query_length:",
            "limit:",
            "patience:",
            "by_user:",
            "from_percent:",
            "max_sequences:",
            "max_tables:");
  }

  @Test
  void anUnknownSectionIsRefusedAndNamesTheNearest() throws IOException {
    Path file = Files.writeString(folder.resolve("yagura.yml"), "aurora_postgre: {}\n");
    assertThatThrownBy(() -> read(file, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("yagura.yml:1")
        .hasMessageContaining("aurora_postgres");
  }

  @Test
  void withoutAFileTheEnvironmentNamesTheServer() throws Exception {
    Configuration configuration =
        Configuration.read(new Source(null, Map.of("DATA_SOURCE_NAME", "postgresql://h/d")));
    assertThat(Objects.requireNonNull(configuration.auroraPostgres()).targets()).hasSize(1);
  }

  @Test
  void withoutAnythingToWatchItIsRefusedWithWhatToDo() {
    assertThatThrownBy(() -> Configuration.readAuroraPostgres(new Source(null, Map.of())))
        .hasMessageContaining("DATA_SOURCE_NAME");
  }

  @Test
  void aScrapeTimeoutThatIsTooShortIsRefused() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("yagura.yml"), "aurora_postgres: {scrape_timeout: 100ms}\n");
    assertThatThrownBy(() -> read(file, Map.of("DATA_SOURCE_NAME", "postgresql://h/d")))
        .hasMessageContaining("scrape_timeout");
  }

  private static Configuration read(Path file, Map<String, String> environment)
      throws ConfigException {
    return Configuration.read(new Source(file, environment));
  }
}
