package dev.yagura.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.yagura.accesslog.source.SourceConfig;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.cloudfront.count.ObjectNaming;
import dev.yagura.cloudfront.count.Order;
import dev.yagura.cloudfront.distributions.DiscoverySettings;
import dev.yagura.cloudfront.store.StoreSettings;
import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudFrontConfigTest {
  private static final String ONE = "sources: [{path: /logs/*.gz}]\n";

  @Test
  void theFileOfTheIssueWorksAsItStands() throws Exception {
    CloudFrontConfig config =
        read(
            """
            state_dir: /var/lib/yagura
            sources:
              - {path: "/var/log/cloudfront/**/*.gz"}
              - {s3: {bucket: logs, prefix: cf/, region: ap-northeast-1}}
              - {sqs: {queue_url: "https://sqs.ap-northeast-1.amazonaws.com/123456789012/cf-logs"}}
            top: 50
            rewrite: [{match: "^/img/[0-9]+/", replace: "/img/{id}/"}]
            """);
    assertThat(kinds(config))
        .containsExactly(SourceConfig.File.class, SourceConfig.S3.class, SourceConfig.Sqs.class);
    assertThat(config.store().naming().rules())
        .singleElement()
        .satisfies(
            rule ->
                assertThat(rule.match().matcher("/img/123/a.png").replaceAll(rule.replacement()))
                    .isEqualTo("/img/{id}/a.png"));
  }

  @Test
  void everyKeyIsRead() throws Exception {
    CloudFrontConfig config =
        read(
            """
            state_dir: /state
            sources: [{path: /logs/*.gz}]
            readers: 3
            top: 7
            rankings: [bytes-from-misses, errors]
            ranking_half_life: 3h
            max_objects: 2000
            hour_objects: 60
            query_parameters: [w, v]
            rewrite: [{match: "a(b)", replace: "$1"}, {match: c, replace: d}]
            names: {E1: shop, E2: press}
            """);
    assertThat(config.stateDir()).isEqualTo(Path.of("/state"));
    assertThat(config.sources()).hasSize(1);
    assertThat(config.readers()).isEqualTo(3);
    assertThat(config.friendlyNames()).isEqualTo(Map.of("E1", "shop", "E2", "press"));
    StoreSettings store = config.store();
    assertThat(store.top()).isEqualTo(7);
    assertThat(store.rankings()).containsExactly(Order.BYTES_FROM_MISSES, Order.ERRORS);
    assertThat(store.halfLife()).isEqualTo(Duration.ofHours(3));
    assertThat(store.maxObjects()).isEqualTo(2000);
    assertThat(store.hourObjects()).isEqualTo(60);
    assertThat(store.naming().queryParameters()).containsExactly("w", "v");
    assertThat(store.naming().rules())
        .extracting(ObjectNaming.Rewrite::replacement)
        .containsExactly("$1", "d");
  }

  @Test
  void whatIsNotConfiguredHasItsDefault() throws Exception {
    CloudFrontConfig config = read(ONE);
    assertThat(config.stateDir()).isEqualTo(Path.of("/var/lib/yagura"));
    assertThat(config.store()).isEqualTo(StoreSettings.DEFAULT);
    assertThat(config.readers()).isEqualTo(2);
    assertThat(config.friendlyNames()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "top: -1|top: must be a whole number from 0 to 1000, not \"-1\"",
        "top: 1001|top: must be a whole number from 0 to 1000",
        "readers: 0|readers: must be a whole number from 1 to 64",
        "readers: 65|readers: must be a whole number from 1 to 64",
        "max_objects: 999|max_objects: must be a whole number from 1000 to 2000000",
        "hour_objects: 49|hour_objects: must be a whole number from 50 to 20000",
        "ranking_half_life: 12|ranking_half_life: a duration needs a unit",
        "ranking_half_life: 9m|ranking_half_life: must be from 10m to 60d, not 9m",
        "rankings: errors|rankings: must be a list, not a single value",
        "rankings: [popularity]|rankings: must be one of requests, bytes_from_misses, misses,"
            + " errors, bytes, not \"popularity\"",
        "rankings: [hits]|rankings: must be one of requests, bytes_from_misses, misses, errors,"
            + " bytes, not \"hits\"",
        "rankings: [errors, errors]|rankings: a ranking is named twice",
        "state_dir: \"\"|state_dir: must not be empty",
        "query_parameters: [\"\"]|query_parameters: must not hold an empty name",
        "query_parameters: [w, w]|query_parameters: a parameter is named twice",
        "rewrite: [{match: \"[a\", replace: b}]|rewrite[0]: Unclosed character class",
        "rewrite: [{match: \"(a)\", replace: \"$2\"}]|rewrite[0]: there is no group $2 in \"(a)\"",
        "rewrite: [{match: a}]|rewrite[0].replace: required, but missing",
        "rewrite: [{replace: a}]|rewrite[0].match: required, but missing",
        "rewrite: [{match: a, replace: b, flags: i}]|rewrite[0].flags: unknown key",
        "names: [E1]|names: must be a map",
        "names: {E1: }|names.E1: has no value",
        "topp: 5|topp: unknown key, did you mean \"top\"?",
      })
  void aMistakeIsToldWithItsKeyAndOnce(String mistake, String told) {
    assertThat(problems(ONE + mistake, Map.of()))
        .singleElement()
        .asString()
        .startsWith("test.yml:2: " + told);
  }

  @Test
  void tooManyShownForTheObjectsTrackedIsToldWithTheTop() {
    assertThat(problems(ONE + "max_objects: 1000\ntop: 100", Map.of()))
        .singleElement()
        .asString()
        .startsWith("test.yml:3: top: must be at most 62 with 4 rankings and max_objects 1000");
  }

  @Test
  void whatFitsExactlyIsAccepted() throws Exception {
    String all = "rankings: [requests, misses, errors, bytes, bytes_from_misses]\n";
    assertThat(read(ONE + all + "max_objects: 1000\ntop: 50").store().top()).isEqualTo(50);
    assertThat(problems(ONE + all + "max_objects: 1000\ntop: 51", Map.of()))
        .singleElement()
        .asString()
        .contains("top: must be at most 50 with 5 rankings and max_objects 1000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sources: [{path: \"\"}]|sources[0].path: must not be empty",
        "sources: [{}]|sources[0]: says not where",
        "sources: [{path: /a, settel: 1s}]|sources[0].settel: unknown key",
      })
  void aMistakeInTheOnlySourceIsNoLackOfSources(String mistake, String told) {
    assertThat(problems(mistake, Map.of()))
        .singleElement()
        .asString()
        .startsWith("test.yml:1: " + told);
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    assertThat(
            problems(
                """
                sources: [{path: /a}, {s3: {}}]
                readers: many
                rankings: [none]
                rewrite: [{match: "(", replace: x}]
                """,
                Map.of()))
        .hasSize(4)
        .satisfiesExactly(
            one -> assertThat(one).contains("sources[1].s3.bucket"),
            one -> assertThat(one).contains("readers"),
            one -> assertThat(one).contains("rankings"),
            one -> assertThat(one).contains("rewrite[0]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sources: []", "sources:"})
  void noSourceIsRefusedWithTheVariableThatWouldDo(String section) {
    assertThat(problems(section, Map.of()))
        .singleElement()
        .asString()
        .contains("sources: list at least one source")
        .contains("CLOUDFRONT_LOGS");
  }

  @Test
  void theEnvironmentNamesSourcesWithSpacesBetween() throws Exception {
    CloudFrontConfig config =
        read(
            "",
            Map.of(
                "CLOUDFRONT_LOGS",
                "  /logs/*.gz  s3://logs/cf/\thttps://sqs.eu-west-1.amazonaws.com/1/q\n",
                "YAGURA_STATE_DIR",
                "/state"));
    assertThat(kinds(config))
        .containsExactly(SourceConfig.File.class, SourceConfig.S3.class, SourceConfig.Sqs.class);
    assertThat(config.stateDir()).isEqualTo(Path.of("/state"));
  }

  @Test
  void theFileWinsOverTheEnvironment() throws Exception {
    CloudFrontConfig config =
        read(
            ONE + "state_dir: /of/file",
            Map.of("CLOUDFRONT_LOGS", "s3://logs/", "YAGURA_STATE_DIR", "/of/environment"));
    assertThat(kinds(config)).containsExactly(SourceConfig.File.class);
    assertThat(config.stateDir()).isEqualTo(Path.of("/of/file"));
  }

  @Test
  void aListWithoutSourcesIsNotFilledFromTheEnvironment() {
    assertThat(problems("sources: []", Map.of("CLOUDFRONT_LOGS", "/logs"))).hasSize(1);
  }

  @Test
  void aBrokenSourceOfTheEnvironmentIsToldWithTheVariable() {
    assertThat(problems("", Map.of("CLOUDFRONT_LOGS", "/logs s3:// /more")))
        .singleElement()
        .asString()
        .contains("sources: CLOUDFRONT_LOGS: ")
        .contains("s3://");
  }

  @Test
  void theOnlySourceOfTheEnvironmentMayBeBrokenAndIsToldOnce() {
    assertThat(problems("", Map.of("CLOUDFRONT_LOGS", "s3://")))
        .singleElement()
        .asString()
        .contains("CLOUDFRONT_LOGS: ");
  }

  @Test
  void aVariableWithoutAValueIsNoVariable() throws Exception {
    assertThat(problems("", Map.of("CLOUDFRONT_LOGS", " ")))
        .singleElement()
        .asString()
        .contains("list at least one source");
    assertThat(read(ONE, Map.of("YAGURA_STATE_DIR", "")).stateDir())
        .isEqualTo(Path.of("/var/lib/yagura"));
  }

  @Test
  void whetherTheEnvironmentNamesLogsIsTheMatterOfOneVariable() {
    assertThat(CloudFrontConfig.isIn(Map.of("CLOUDFRONT_LOGS", "wrong://"))).isTrue();
    assertThat(CloudFrontConfig.isIn(Map.of("YAGURA_STATE_DIR", "/state"))).isFalse();
  }

  private static List<Class<?>> kinds(CloudFrontConfig config) {
    return config.sources().stream().<Class<?>>map(SourceConfig::getClass).toList();
  }

  @Test
  void nothingIsDiscoveredUnlessItIsAskedFor() throws Exception {
    assertThat(read("sources: [{path: /logs/*}]").discovery()).isEmpty();
    assertThat(read("sources: [{path: /logs/*}]").usesAws()).isFalse();
    assertThat(read("sources: [{s3: {bucket: logs}}]").usesAws()).isTrue();
    assertThat(read("sources: [{path: /logs/*}]\ndiscovery: {enabled: false}").discovery())
        .isEmpty();
  }

  @Test
  void discoveryAloneIsEnoughAndKnowsWhatIsNotSaid() throws Exception {
    CloudFrontConfig config = read("discovery:\n");
    assertThat(config.sources()).isEmpty();
    assertThat(config.usesAws()).isTrue();
    assertThat(config.discovery())
        .contains(
            new DiscoverySettings(
                List.of("default"), Duration.ofMinutes(10), Duration.ofHours(24)));
  }

  @Test
  void discoveryThatIsOffIsNoSource() {
    assertThat(problems("discovery: {enabled: false}", Map.of()))
        .singleElement(STRING)
        .contains("list at least one source");
  }

  @Test
  void whatIsWrongWithDiscoveryIsToldAtOnce() {
    assertThat(
            problems(
                "discovery: {accounts: [default, prod, prod], interval: 1s, intervall: 1m}",
                Map.of()))
        .hasSize(4)
        .anyMatch(text -> text.contains("accounts: an account is named twice"))
        .anyMatch(text -> text.contains("no account of aws.accounts is called \"prod\""))
        .anyMatch(text -> text.contains("interval: must be from 1m to"))
        .anyMatch(text -> text.contains("did you mean \"interval\"?"));
    assertThat(problems("discovery: {accounts: []}", Map.of()))
        .singleElement(STRING)
        .contains("accounts: name at least one");
  }

  private static List<String> problems(String section, Map<String, String> environment) {
    ConfigException refusal =
        catchThrowableOfType(ConfigException.class, () -> read(section, environment));
    return refusal == null ? List.of() : refusal.problems();
  }

  private static CloudFrontConfig read(String section) throws ConfigException {
    return read(section, Map.of());
  }

  private static CloudFrontConfig read(String section, Map<String, String> environment)
      throws ConfigException {
    return ConfigFile.parse(
        "test.yml",
        section,
        environment,
        root -> CloudFrontConfig.read(root, environment, AwsSettings.defaults()));
  }
}
