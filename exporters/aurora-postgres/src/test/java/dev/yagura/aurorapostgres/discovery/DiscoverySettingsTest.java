package dev.yagura.aurorapostgres.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.aurorapostgres.AuroraPostgresConfig;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscoverySettingsTest {
  @Test
  void theEntryOfTheIssueWorksAsItStandsAndNeedsNoTarget() throws Exception {
    DiscoverySettings entry = entry("{tags: {team: sre}, user: yagura, auth: iam}");
    assertThat(entry.tags()).isEqualTo(Map.of("team", "sre"));
    assertThat(entry.authentication()).isEqualTo(new Authentication.Iam("yagura"));
    assertThat(entry.interval()).isEqualTo(Duration.ofSeconds(60));
    assertThat(entry.database()).isEqualTo("postgres");
    assertThat(entry.parameters()).isEqualTo(Map.of("sslmode", "verify-full"));
    assertThat(entry.pauseSafe()).isEmpty();
    assertThat(entry.account()).isEmpty();
    assertThat(entry.region()).isEmpty();
  }

  @Test
  void discoveredTargetsHaveTheirLabelByDefaultAndNotWithoutIt() throws Exception {
    assertThat(read("discovery: [{user: yagura}]").targetLabel()).isTrue();
    assertThatThrownBy(() -> read("discovery: [{user: yagura}]\ntarget_label: false"))
        .hasMessageContaining("target_label");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{auth: iam} | user",
        "{user: y, auth: kerberos} | iam, password or secret",
        "{user: y, auth: password} | password",
        "{user: y, password_file: /x} | auth: password",
        "{user: y, secret: managed} | must be secret",
        "{auth: secret} | secret_arn",
        "{auth: secret, secret: mine} | must be managed",
        "{auth: secret, secret_arn: shop} | is not the ARN of a secret",
        "{user: y, region: mars} | is no region",
        "{user: y, account: prodd} | no account of aws.accounts is called \"prodd\"",
        "{user: y, sslmode: prefer} | sslmode",
        "{user: y, sslmode: disable} | sslmode",
        "{user: y, parameters: {sslMode: disable}} | sslmode",
        "{user: y, parameters: {SSLMODE: prefer}} | sslmode",
        "{user: y, sslmode: require, parameters: {sslMode: disable}} | twice",
        "{user: y, parameters: {sslrootcert: /a, sslRootCert: /b}} | twice",
        "{user: y, parameters: {sslmod: x}} | sslmod",
        "{user: y, labels: {cluster: x}} | \"cluster\"",
        "{user: y, labels: {account: x}} | \"account\"",
        "{user: y, labels: {region: x}} | \"region\"",
        "{user: y, labels: {9a: x}} | \"9a\"",
        "{user: y, tag: {a: b}} | did you mean \"tags\"",
        "{user: y, interval: 1s} | interval",
      })
  void whatCannotWorkIsRefusedAndNamed(String entry, String complaint) {
    assertThatThrownBy(() -> entry(entry))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(complaint)
        .hasMessageContaining("test.yml:1");
  }

  private static DiscoverySettings entry(String entry) throws ConfigException {
    return read("discovery: [" + entry + "]").discovery().get(0);
  }

  private static AuroraPostgresConfig read(String section) throws ConfigException {
    return ConfigFile.parse(
        "test.yml",
        section,
        Map.of(),
        root -> AuroraPostgresConfig.read(root, Map.of(), AwsSettings.defaults()));
  }
}
