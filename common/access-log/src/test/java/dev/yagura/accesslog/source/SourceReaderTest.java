package dev.yagura.accesslog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.aws.sqs.QueueUrl;
import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import dev.yagura.testing.FakeClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceReaderTest {
  private static final String QUEUE =
      "https://sqs.ap-northeast-1.amazonaws.com/123456789012/cf-logs";
  private static final SourceReader READER = new SourceReader("distribution");

  @TempDir Path folder;

  @Test
  void aFileSourceIsReadWithAllItsKeys() throws Exception {
    SourceConfig.File file =
        (SourceConfig.File)
            read(
                """
                {path: "/var/log/{distribution}/*.gz", distribution: E1, fields: [date, time],
                 delimiter: ",", settle: 0s, poll_interval: 1m}""");
    assertThat(file.path()).hasToString("/var/log/{distribution}/*.gz");
    assertThat(file.path().resource("/var/log/E2/x.gz")).contains("E2");
    assertThat(file.settle()).isZero();
    assertThat(file.pause()).isEqualTo(Duration.ofMinutes(1));
    assertThat(file.logs().resource()).contains("E1");
    assertThat(file.logs().shape().fields()).containsExactly("date", "time");
    assertThat(file.logs().shape().delimiter()).contains(',');
  }

  @Test
  void aBucketIsReadWithAllItsKeys() throws Exception {
    SourceConfig.S3 s3 =
        (SourceConfig.S3)
            read(
                """
                {s3: {bucket: logs, prefix: cf/, region: ap-northeast-1, endpoint: "http://h:9000",
                      keys: "cf/{distribution}.*", look_back: 36h, poll_interval: 5m},
                 distribution: E1}""");
    assertThat(s3.bucket()).isEqualTo("logs");
    assertThat(s3.prefix()).isEqualTo("cf/");
    assertThat(s3.region()).contains("ap-northeast-1");
    assertThat(s3.endpoint()).contains(URI.create("http://h:9000"));
    assertThat(s3.keys().orElseThrow().matches("cf/E1.x")).isTrue();
    assertThat(s3.lookBack()).isEqualTo(Duration.ofHours(36));
    assertThat(s3.pause()).isEqualTo(Duration.ofMinutes(5));
    assertThat(s3.logs().resource()).contains("E1");
  }

  /** How far a bucket was looked at is kept by this name. */
  @Test
  void twoSourcesThatWantOtherKeysOfABucketHaveOtherNames() throws Exception {
    assertThat(nameOf("{s3: {bucket: logs, prefix: cf/}}")).isEqualTo("s3://logs/cf/");
    assertThat(nameOf("{s3: {bucket: logs, prefix: cf/, keys: \"cf/{distribution}/*.gz\"}}"))
        .isEqualTo("s3://logs/cf/ cf/{distribution}/*.gz");
    assertThat(nameOf("{s3: {bucket: logs, prefix: cf/, keys: \"cf/shop/*\"}}"))
        .isEqualTo("s3://logs/cf/ cf/shop/*");
  }

  private static String nameOf(String source) throws ConfigException {
    FakeClock clock = FakeClock.at(Instant.EPOCH);
    try (LogSource opened = read(source).open(TestAws.USE, clock, clock)) {
      return opened.name();
    }
  }

  @Test
  void aQueueIsReadWithAllItsKeys() throws Exception {
    SourceConfig.Sqs sqs =
        (SourceConfig.Sqs)
            read(
                """
                {sqs: {queue_url: "%s", region: eu-west-1, endpoint: "http://q", keys: "*.gz",
                       s3_endpoint: "http://s"}}"""
                    .formatted(QUEUE));
    assertThat(sqs.queueUrl()).isEqualTo(QUEUE);
    assertThat(sqs.region()).contains("eu-west-1");
    assertThat(sqs.endpoint()).contains(URI.create("http://q"));
    assertThat(sqs.s3Endpoint()).contains(URI.create("http://s"));
    assertThat(sqs.keys()).isPresent();
  }

  @Test
  void whatIsNotSaidIsTheUsual() throws Exception {
    SourceConfig.File file = (SourceConfig.File) read("{path: /a/*}");
    assertThat(file.settle()).isEqualTo(Duration.ofSeconds(10));
    assertThat(file.pause()).isEqualTo(Duration.ofSeconds(10));
    assertThat(file.logs()).isEqualTo(SourceConfig.Logs.OF_FILES);
    SourceConfig.S3 s3 = (SourceConfig.S3) read("{s3: {bucket: logs}}");
    assertThat(s3.prefix()).isEmpty();
    assertThat(s3.keys()).isEmpty();
    assertThat(s3.region()).isEmpty();
    assertThat(s3.lookBack()).isEqualTo(Duration.ofHours(24));
    assertThat(s3.pause()).isEqualTo(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\\t\"", "'\\t'", "tab"})
  void aTabMayBeWrittenInThreeWays(String written) throws Exception {
    SourceConfig.File file = (SourceConfig.File) read("{path: /a, delimiter: " + written + "}");
    assertThat(file.logs().shape().delimiter()).contains('\t');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|says not where: path, s3 or sqs is required",
        "{path: /a, s3: {bucket: b}}|one of path, s3 and sqs, not path and s3",
        "{path: \"\"}|path: must not be empty",
        "{path: \"/a/{distributon}\"}|only {distribution} is known",
        "{path: /a, settel: 1s}|did you mean \"settle\"?",
        "{path: /a, delimiter: ab}|delimiter: must be one printable ASCII character, or tab",
        "{path: /a, fields: [a, \"\"]}|fields: must not hold an empty name",
        "{path: /a, distribution: \"\"}|distribution: must not be empty",
        "{path: /a, settle: 2d}|settle: must be from 0s to 1h",
        "{s3: {bucket: b}, settle: 1s}|settle: only for path",
        "{s3: {bucket: b}, poll_interval: 1s}|poll_interval: belongs below s3",
        "{s3: {prefix: b}}|s3.bucket: required, but missing",
        "{s3: {bucket: b/c}}|s3.bucket: must be the name alone",
        "{s3: {bucket: b, look_back: 1s}}|s3.look_back: must be from 1h to 60d",
        "{s3: {bucket: b, region: \"x y\"}}|s3.region: must be the name of a region",
        "{s3: {bucket: b, endpoint: \"ftp://x\"}}|s3.endpoint: must be http:// or https://",
        "{sqs: {region: b-c-1}}|sqs.queue_url: required, but missing",
        "{sqs: {queue_url: \"https://sqs.eu-west-1.amazonaws.com/\"}}|name of a queue",
        "{sqs: {queue_url: \"https://a:hunter2@h/1/q\"}}|with neither password nor query",
      })
  void whatIsWrongIsSaidWhereItIs(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void oneTextIsABucketAQueueOrAPath() {
    SourceConfig.S3 s3 = (SourceConfig.S3) READER.parse("s3://logs/cf/a");
    assertThat(s3.bucket()).isEqualTo("logs");
    assertThat(s3.prefix()).isEqualTo("cf/a");
    assertThat(((SourceConfig.S3) READER.parse("s3://logs")).prefix()).isEmpty();
    assertThat(((SourceConfig.Sqs) READER.parse(QUEUE)).queueUrl()).isEqualTo(QUEUE);
    assertThat(((SourceConfig.File) READER.parse("/a/*.gz")).path()).hasToString("/a/*.gz");
    assertThatIllegalArgumentException().isThrownBy(() -> READER.parse("s3://"));
    assertThatIllegalArgumentException().isThrownBy(() -> READER.parse("https://host"));
    assertThatIllegalArgumentException().isThrownBy(() -> READER.parse(""));
  }

  @Test
  void aFolderMeansAllBelowIt() {
    assertThat(((SourceConfig.File) READER.parse(folder.toString())).path())
        .hasToString(folder + "/**");
    assertThat(((SourceConfig.File) READER.parse("/not/there/")).path())
        .hasToString("/not/there/**");
  }

  @Test
  void everySourceOpensWithoutAskingAnybody() throws Exception {
    FakeClock clock = FakeClock.at(Instant.EPOCH);
    for (String text : List.of("/none/*", "s3://logs/cf", QUEUE)) {
      try (LogSource source = READER.parse(text).open(TestAws.USE, clock, clock)) {
        assertThat(source.name()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://sqs.ap-northeast-1.amazonaws.com/1/q, ap-northeast-1,",
    "https://sqs.cn-north-1.amazonaws.com.cn/1/q, cn-north-1,",
    "https://eu-west-1.queue.amazonaws.com/1/q, eu-west-1,",
    "https://vpce-1-a.sqs.eu-west-1.vpce.amazonaws.com/1/q, eu-west-1,"
        + "https://vpce-1-a.sqs.eu-west-1.vpce.amazonaws.com",
    "https://sqs-fips.us-gov-west-1.amazonaws.com/1/q, us-gov-west-1,"
        + "https://sqs-fips.us-gov-west-1.amazonaws.com",
    "http://localhost:9324/000000000000/q, , http://localhost:9324",
  })
  void theAddressOfAQueueSaysItsRegionAndItsServer(String url, String region, URI endpoint) {
    assertThat(QueueUrl.of(url))
        .isEqualTo(new QueueUrl(Optional.ofNullable(region), Optional.ofNullable(endpoint)));
  }

  private static SourceConfig read(String text) throws ConfigException {
    return ConfigFile.parse("y.yml", text, Map.of(), READER::read);
  }
}
