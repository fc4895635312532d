package dev.yagura.all;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.all.Configuration.Source;
import dev.yagura.aurorapostgres.AuroraPostgresConfig;
import dev.yagura.aurorapostgres.scrapers.Compatibility;
import dev.yagura.aws.client.AccountSettings;
import dev.yagura.cloudfront.distributions.DiscoverySettings;
import dev.yagura.core.config.ConfigException;
import dev.yagura.core.scrape.Exporter;
import dev.yagura.core.suite.ReloadStatus;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.aws.AwsDouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  @Test
  void theReferenceDiscoversDistributionsInTheAccountsThatItNames() throws Exception {
    Configuration configuration = read(REFERENCE, Map.of("PG_PASSWORD", "x"));
    DiscoverySettings discovery =
        Objects.requireNonNull(configuration.cloudFront()).discovery().orElseThrow();
    assertThat(discovery.accounts()).containsExactly("prod");
    assertThat(discovery.interval()).isEqualTo(Duration.ofMinutes(10));
    assertThat(discovery.logsExpectedWithin()).isEqualTo(Duration.ofHours(24));
    assertThat(configuration.aws().accounts())
        .extracting(AccountSettings::name)
        .containsExactly("prod");
  }

  @Test
  void anAccountThatIsNotThereIsRefusedWhereItStandsInTheFile() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("yagura.yml"),
            """
            aws: {accounts: [{name: prod}]}
            aurora_postgres:
              discovery:
                - user: yagura
                  account: prodd
            """);
    assertThatThrownBy(() -> read(file, Map.of()))
        .hasMessageContaining("yagura.yml:5")
        .hasMessageContaining("\"prodd\"");
  }

  @Test
  void anExporterOfLocalFilesHasNoExporterOfAwsBesideIt() throws Exception {
    assertThat(started("cloudfront: {state_dir: \"%s\", sources: [{path: \"%s\"}]}"))
        .containsExactly("cloudfront");
  }

  @Test
  void whateverAsksAwsIsFollowedByTheExporterThatClosesItsClients() throws Exception {
    try (AwsDouble aws = AwsDouble.start(FakeClock.at(Instant.EPOCH))) {
      assertThat(
              started(
                  "aws: {endpoint_url: \"" + aws.endpoint() + "\"}\ncloudfront: {discovery: {}}"))
          .containsExactly("cloudfront", "aws");
    }
  }

  @Test
  void ecsIsWatchedWhereASectionSaysSoAndByItsCommandInAnyCase() throws Exception {
    assertThat(read("aws: {}\n").ecs()).isNull();
    assertThat(read("ecs: {}\n").ecs()).isNotNull();
    Path other = Files.writeString(folder.resolve("other.yml"), "aurora_postgres: {nonsense: 1}");
    assertThat(Configuration.readEcs(new Source(other, Map.of())).ecs()).isNotNull();
    assertThat(Configuration.readEcs(new Source(null, Map.of())).ecs()).isNotNull();

    try (AwsDouble aws = AwsDouble.start(FakeClock.at(Instant.EPOCH))) {
      assertThat(
              started(
                  "aws: {endpoint_url: \""
                      + aws.endpoint()
                      + "\", accounts: [{name: dev, regions: [eu-west-1]}]}\necs: {clusters: [main]}"))
          .containsExactly("ecs", "aws");
    }
  }

  private Configuration read(String text) throws Exception {
    return read(Files.writeString(folder.resolve("some.yml"), text), Map.of());
  }

  /** The names of what this configuration starts, in a folder of its own. */
  private List<String> started(String text) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("yagura.yml"),
            text.formatted(folder.resolve("state"), folder.resolve("*.gz")));
    List<Exporter> exporters =
        read(file, Map.of()).start(() -> new ReloadStatus(true, Instant.EPOCH), Memory.fresh());
    try {
      return exporters.stream().map(Exporter::name).toList();
    } finally {
      exporters.forEach(Exporter::close);
    }
  }

  private static Configuration read(Path file, Map<String, String> environment)
      throws ConfigException {
    return Configuration.read(new Source(file, environment));
  }
}
