package dev.yagura.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.aws.cloudwatch.MetricSet;
import dev.yagura.aws.cloudwatch.MetricSpec;
import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudWatchConfigTest {
  private static CloudWatchConfig read(String text) throws ConfigException {
    return ConfigFile.parse(
        "test.yml", text, Map.of(), root -> CloudWatchConfig.read(root, Map.of()));
  }

  private static List<MetricSpec> own(String text) throws ConfigException {
    return read("sets: []\nmetrics: [%s]".formatted(text)).sets().get(0).kinds().get(0).metrics();
  }

  @Test
  void withoutAnyKeyEveryCuratedSetIsAskedEveryFiveMinutes() throws Exception {
    assertThat(read("{}").sets())
        .extracting(MetricSet::name)
        .containsExactly("rds", "cloudfront", "ecs", "sqs", "alb");
    assertThat(read("{}").sets())
        .extracting(MetricSet::interval)
        .containsOnly(Duration.ofMinutes(5));
    assertThat(read("{}").stateDir()).isEmpty();
  }

  @Test
  void theEnvironmentNamesTheStateFolderWhereTheFileDoesNot() throws Exception {
    Map<String, String> environment = Map.of("YAGURA_STATE_DIR", "/state");

    assertThat(CloudWatchConfig.defaults(environment).stateDir()).contains(Path.of("/state"));
    assertThat(
            ConfigFile.<CloudWatchConfig>parse(
                    "test.yml",
                    "state_dir: /own",
                    Map.of(),
                    root -> CloudWatchConfig.read(root, environment))
                .stateDir())
        .contains(Path.of("/own"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sets: [rdss]|must be of rds, cloudfront, ecs, sqs, alb, not \"rdss\"",
        "interval: 90s|must be whole minutes that divide a day",
        "interval: 7m|must be whole minutes that divide a day",
        "interval: 30s|must be from 1m to 1d",
        "metric: []|did you mean \"metrics\"?",
        "metrics: [{metric: A}]|namespace: required, but missing",
        "metrics: [{namespace: A, metric: B, statistics: [Mean]}]|\"Mean\" is no statistic",
        "metrics: [{namespace: A, metric: B, name: Big}]|must be lower case words",
        "metrics: [{namespace: A, metric: B, scale: 0}]|must be a number above 0",
        "metrics: [{namespace: A, metric: B, importance: high}]|must be essential, useful or extra",
        "metrics: [{namespace: A, metric: B},{namespace: A, metric: B}]|would be called a_b",
        "metrics: [{namespace: A, metric: B, dimensions: [region]}]|region would be a label twice",
        "metrics: [{namespace: A, metric: B, dimensions: [StoreName, store_name]}]|a label twice",
        "metrics: [{namespace: A, metric: B, dimensions: [店]}]|cannot be made a label",
        "metrics: [{namespace: A, metric: B, statistics: []}]|statistics: must not be empty",
        "metrics: [{namespace: A, metric: B, region: us east}]|\"us east\" is no region",
        "metrics: [{namespace: A, metric: B, name: up}]|\"up\" is not yours to give",
        "metrics: [{namespace: 2A, metric: B}]|required, as 2A and B make none",
        "sets: [rds, rds]|rds is listed twice",
        "max_resources: 0|must be a whole number from 1",
        "tags: [a-b, a_b]|a-b and a_b would both be tag_a_b",
      })
  void whatIsWrongIsSaid(String text, String complaint) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void anOwnSumIsACounterAndItsNameSaysSo() throws Exception {
    assertThat(own("{namespace: AWS/ApiGateway, metric: 5XXError, statistics: [Sum]}"))
        .extracting(MetricSpec::family)
        .containsExactly("aws_api_gateway_5xx_error_total");
    assertThat(own("{namespace: Shop, metric: Sold, statistics: [Sum], name: shop_sold_total}"))
        .extracting(MetricSpec::family)
        .containsExactly("shop_sold_total");
  }

  @Test
  void ofSeveralStatisticsEachSaysWhichItIs() throws Exception {
    assertThat(own("{namespace: Shop, metric: Time, statistics: [Average, p99.9, SampleCount]}"))
        .extracting(MetricSpec::family)
        .containsExactly("shop_time_average", "shop_time_p99_9", "shop_time_samples_total");
  }
}
