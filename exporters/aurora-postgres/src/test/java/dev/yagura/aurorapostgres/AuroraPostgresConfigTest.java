package dev.yagura.aurorapostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.aurorapostgres.scrapers.Compatibility;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuroraPostgresConfigTest {
  private static final String ONE = "targets: [{url: \"postgresql://db/shop\"}]\n";

  @TempDir Path folder;

  @Test
  void theFileOfTheIssueWorksAsItStands() throws Exception {
    AuroraPostgresConfig config =
        ConfigFile.parse(
            "yagura.yml",
            """
            aurora_postgres:
              targets:
                - {name: shop-writer, url: "postgresql://db.internal:5432/shop?sslmode=require", user: yagura, password_file: /run/secrets/pg}
                - {name: shop-reader, url: "postgresql://ro.db.internal/shop", user: yagura, password: "${env:PG_PASSWORD}", pause_safe: true, labels: {cluster: shop}}
              databases: {include: ["*"], exclude: [rdsadmin]}
              collectors: {stat_statements: {enabled: true, limit: 100}, process_idle: {enabled: false}}
            """,
            Map.of("PG_PASSWORD", "secret"),
            root ->
                root.section(
                        "aurora_postgres",
                        aurora ->
                            AuroraPostgresConfig.read(aurora, Map.of(), AwsSettings.defaults()))
                    .orElseThrow());
    assertThat(config.targets())
        .extracting(TargetConfig::name)
        .containsExactly("shop-writer", "shop-reader");
    TargetConfig reader = config.targets().get(1);
    assertThat(password(reader)).isEqualTo("secret");
    assertThat(reader.pauseSafe()).isTrue();
    assertThat(reader.labels()).isEqualTo(Map.of("cluster", "shop"));
    assertThat(config.databases().matches("shop")).isTrue();
    assertThat(config.databases().matches("rdsadmin")).isFalse();
    assertThat(config.targetLabel()).isTrue();
    assertThat(names(config)).contains("stat_statements", "locks").doesNotContain("process_idle");
  }

  @Test
  void whatIsNotConfiguredHasItsDefault() throws Exception {
    AuroraPostgresConfig config = read(ONE);
    assertThat(config.scrapeTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.compatibility()).isEqualTo(Compatibility.NONE);
    assertThat(config.databases()).isEqualTo(DatabasePatterns.connected());
    assertThat(config.targetLabel()).isFalse();
    assertThat(config.targets().get(0).name()).isEqualTo("db:5432");
    assertThat(config.targets().get(0).pauseSafe()).isFalse();
  }

  @Test
  void aFileWithoutTargetsTakesThoseOfTheEnvironment() throws Exception {
    AuroraPostgresConfig config =
        read("scrape_timeout: 5s\n", Map.of("DATA_SOURCE_NAME", "postgresql://env-host/db"));
    assertThat(config.targets()).extracting(TargetConfig::name).containsExactly("env-host:5432");
  }

  @Test
  void nothingToWatchIsRefused() {
    assertThatThrownBy(() -> read("")).hasMessageContaining("DATA_SOURCE_NAME");
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceWithItsLine() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    targets:
                      - {url: "mysql://u:topsecret@h/db"}
                      - {urll: "postgresql://h/db"}
                    scrape_timeout: 5
                    collectors: {loks: {enabled: true}}
                    """))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e -> {
              assertThat(e.problems()).anyMatch(one -> one.contains("test.yml:2"));
              assertThat(e.problems()).anyMatch(one -> one.contains("urll") && one.contains("url"));
              assertThat(e.problems()).anyMatch(one -> one.contains("scrape_timeout"));
              assertThat(e.problems())
                  .anyMatch(one -> one.contains("loks") && one.contains("locks"));
            })
        .hasMessageNotContaining("topsecret");
  }

  @Test
  void twoTargetsOfOneNameAreRefused() {
    assertThatThrownBy(
            () ->
                read(
                    "targets: [{name: a, url: \"postgresql://x/d\"}, {name: a, url: \"postgresql://y/d\"}]"))
        .hasMessageContaining("\"a\"");
  }

  @Test
  void severalTargetsWithoutTheirLabelAreRefused() {
    assertThatThrownBy(
            () ->
                read(
                    "targets: [{url: \"postgresql://x/d\"}, {url: \"postgresql://y/d\"}]\n"
                        + "target_label: false"))
        .hasMessageContaining("target_label");
  }

  @Test
  void aTargetsLabelThatAMetricHasIsRefused() {
    assertThatThrownBy(
            () -> read("targets: [{url: \"postgresql://x/d\", labels: {datname: x, 9a: y}}]"))
        .hasMessageContaining("\"datname\"")
        .hasMessageContaining("\"9a\"");
  }

  @Test
  void aParameterOfTheAddressThatNobodyKnowsIsRefused() {
    assertThatThrownBy(() -> read("targets: [{url: \"postgresql://x/d?sslmod=require\"}]"))
        .hasMessageContaining("sslmod");
  }

  @Test
  void postgresExportersVariablesNameATarget() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "from file\n");
    AuroraPostgresConfig config =
        read(
            "",
            Map.of(
                "DATA_SOURCE_URI", "db:6432/shop?sslmode=disable",
                "DATA_SOURCE_USER", "me",
                "DATA_SOURCE_PASS_FILE", password.toString()));
    TargetConfig target = config.targets().get(0);
    assertThat(target.address().hostAndPort()).isEqualTo("db:6432");
    assertThat(target.user()).isEqualTo("me");
    assertThat(password(target)).isEqualTo("from file");
    Files.writeString(password, "rotated");
    assertThat(password(target)).isEqualTo("rotated");
  }

  @Test
  void aListOfDataSourcesIsAListOfTargets() throws Exception {
    assertThat(
            read(
                    "",
                    Map.of(
                        "DATA_SOURCE_NAME",
                        "postgresql://a/x,postgresql://b:1,c:2/y,postgresql://a/z"))
                .targets())
        .extracting(TargetConfig::name)
        .containsExactly("a:5432", "b:1", "a:5432/z");
  }

  @Test
  void patternsHaveStarsAndQuestionMarksAndNothingElse() {
    var patterns = new DatabasePatterns(List.of("shop_*", "a.b?"), List.of("*_old"));
    assertThat(patterns.matches("shop_1")).isTrue();
    assertThat(patterns.matches("a.bc")).isTrue();
    assertThat(patterns.matches("aXbc")).isFalse();
    assertThat(patterns.matches("shop_old")).isFalse();
    assertThat(patterns.matches("other")).isFalse();
  }

  private static String password(TargetConfig target) {
    return Objects.requireNonNull(target.password()).reveal();
  }

  private static List<String> names(AuroraPostgresConfig config) {
    return config.scrapers().make("", Compatibility.NONE, () -> 0).stream()
        .map(one -> one.scraper().name())
        .toList();
  }

  private static AuroraPostgresConfig read(String section) throws ConfigException {
    return read(section, Map.of());
  }

  private static AuroraPostgresConfig read(String section, Map<String, String> environment)
      throws ConfigException {
    return ConfigFile.parse(
        "test.yml",
        section,
        environment,
        root -> AuroraPostgresConfig.read(root, environment, AwsSettings.defaults()));
  }
}
