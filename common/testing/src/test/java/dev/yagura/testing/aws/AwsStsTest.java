package dev.yagura.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.testing.LeakCheck;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

class AwsStsTest {
  @RegisterExtension final LeakCheck leaks = LeakCheck.allowing(Bed.KEEP_ALIVE);

  private final Bed bed = new Bed();
  private final AccountDouble other = bed.aws.account("222222222222", "AKIAOTHER");
  private final StsClient sts = bed.client(StsClient.builder());

  @AfterEach
  void close() {
    bed.close();
  }

  private AssumeRoleResponse assume(String arn) {
    return sts.assumeRole(
        r ->
            r.roleArn(arn).roleSessionName("yagura").externalId("shibboleth").durationSeconds(900));
  }

  private static AwsSessionCredentials session(Credentials given) {
    return AwsSessionCredentials.create(
        given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
  }

  private static String codeOf(Throwable thrown) {
    return ((AwsServiceException) thrown).awsErrorDetails().errorCode();
  }

  @Test
  void aKeyBelongsToTheAccountThatDeclaredItOrElseToTheDefault() {
    assertThat(sts.getCallerIdentity().account()).isEqualTo(AwsDouble.DEFAULT_ACCOUNT);
    StsClient declared =
        bed.client(StsClient.builder(), AwsBasicCredentials.create("AKIAOTHER", "secret"));
    GetCallerIdentityResponse identity = declared.getCallerIdentity();
    assertThat(identity.account()).isEqualTo("222222222222");
    assertThat(identity.arn()).isEqualTo("arn:aws:iam::222222222222:user/AKIAOTHER");
    assertThat(identity.userId()).isNotEmpty();
  }

  @Test
  void anAssumedRoleIsOfItsAccountUntilItExpiresByTheClock() {
    AssumeRoleResponse assumed = assume(other.role("watcher", "shibboleth"));
    Credentials given = assumed.credentials();
    assertThat(given.expiration()).isEqualTo(Bed.NOON.plusSeconds(900));
    assertThat(assumed.assumedRoleUser().arn())
        .isEqualTo("arn:aws:sts::222222222222:assumed-role/watcher/yagura");
    StsClient asRole = bed.client(StsClient.builder(), session(given));
    assertThat(asRole.getCallerIdentity().account()).isEqualTo("222222222222");
    assertThat(asRole.getCallerIdentity().arn()).isEqualTo(assumed.assumedRoleUser().arn());
    bed.clock.advance(Duration.ofSeconds(899));
    asRole.getCallerIdentity();
    bed.clock.advance(Duration.ofSeconds(1));
    assertThatThrownBy(asRole::getCallerIdentity)
        .satisfies(expired -> assertThat(codeOf(expired)).isEqualTo("ExpiredToken"));
  }

  @Test
  void anExpiredTokenIsSaidInTheProtocolOfTheService() {
    AwsSessionCredentials given = session(assume(other.role("watcher")).credentials());
    bed.clock.advance(Duration.ofHours(1));
    CloudWatchClient query = bed.client(CloudWatchClient.builder(), given);
    assertThatThrownBy(() -> query.listMetrics())
        .satisfies(expired -> assertThat(codeOf(expired)).isEqualTo("ExpiredToken"));
    AcmClient json = bed.client(AcmClient.builder(), given);
    assertThatThrownBy(() -> json.listCertificates())
        .satisfies(expired -> assertThat(codeOf(expired)).isEqualTo("ExpiredTokenException"));
  }

  @Test
  void withoutTheRightExternalIdNobodyAssumesARole() {
    String arn = other.role("watcher", "another");
    assertThatThrownBy(() -> assume(arn))
        .hasMessageContaining("not authorized to perform: sts:AssumeRole")
        .satisfies(denied -> assertThat(codeOf(denied)).isEqualTo("AccessDenied"));
    assertThatThrownBy(() -> sts.assumeRole(r -> r.roleArn(arn).roleSessionName("yagura")))
        .satisfies(denied -> assertThat(codeOf(denied)).isEqualTo("AccessDenied"));
  }

  @Test
  void aRoleThatNobodyDeclaredCannotBeAssumed() {
    for (String account : new String[] {"222222222222", "333333333333"}) {
      assertThatThrownBy(() -> assume("arn:aws:iam::" + account + ":role/unheard"))
          .satisfies(denied -> assertThat(codeOf(denied)).isEqualTo("AccessDenied"));
    }
  }

  @Test
  void aRevokedKeyAndAForgedSessionAreNobodys() {
    bed.aws.revoke("AKIATEST");
    assertThatThrownBy(sts::getCallerIdentity)
        .satisfies(denied -> assertThat(codeOf(denied)).isEqualTo("InvalidClientTokenId"));
    StsClient forged =
        bed.client(StsClient.builder(), AwsSessionCredentials.create("ASIAFORGED", "s", "t"));
    assertThatThrownBy(forged::getCallerIdentity)
        .satisfies(denied -> assertThat(codeOf(denied)).isEqualTo("InvalidClientTokenId"));
  }

  @Test
  void theKeyOfASessionIsWorthNothingWithoutItsToken() {
    bed.clock.advance(Duration.ofMinutes(1));
    StsClient member =
        bed.client(StsClient.builder(), AwsBasicCredentials.create("AKIAOTHER", "secret"));
    Credentials given =
        member
            .assumeRole(r -> r.roleArn(other.role("watcher")).roleSessionName("yagura"))
            .credentials();
    AcmClient stolen =
        bed.client(
            AcmClient.builder(), AwsSessionCredentials.create(given.accessKeyId(), "s", "guess"));
    assertThatThrownBy(() -> stolen.listCertificates())
        .satisfies(d -> assertThat(codeOf(d)).isEqualTo("UnrecognizedClientException"));
  }
}
