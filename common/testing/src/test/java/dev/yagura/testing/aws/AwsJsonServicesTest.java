package dev.yagura.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.testing.LeakCheck;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.CertificateSummary;
import software.amazon.awssdk.services.pi.PiClient;
import software.amazon.awssdk.services.pi.model.DataPoint;
import software.amazon.awssdk.services.pi.model.GetResourceMetricsRequest;
import software.amazon.awssdk.services.pi.model.GetResourceMetricsResponse;
import software.amazon.awssdk.services.pi.model.InvalidArgumentException;
import software.amazon.awssdk.services.pi.model.MetricKeyDataPoints;
import software.amazon.awssdk.services.pi.model.MetricQuery;
import software.amazon.awssdk.services.pi.model.ServiceType;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

class AwsJsonServicesTest {
  private static final Instant LATER = Instant.parse("2027-03-01T00:00:00.500Z");

  @RegisterExtension final LeakCheck leaks = LeakCheck.allowing(Bed.KEEP_ALIVE);

  private final Bed bed = new Bed();

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void aCertificateIsReadBackAsItWasMade() {
    AcmDouble model = bed.aws.account().acm(Bed.REGION);
    AcmClient client = bed.client(AcmClient.builder());
    String arn = model.addCertificate("shop.example.org", LATER);
    CertificateDetail read = client.describeCertificate(r -> r.certificateArn(arn)).certificate();
    assertThat(read.certificateArn()).isEqualTo(arn);
    assertThat(read.domainName()).isEqualTo("shop.example.org");
    assertThat(read.subjectAlternativeNames()).containsExactly("shop.example.org");
    assertThat(read.statusAsString()).isEqualTo("ISSUED");
    assertThat(read.notBefore()).isEqualTo(Bed.NOON);
    assertThat(read.notAfter()).isEqualTo(LATER);
    model.certificate(arn).set("Status", "EXPIRED");
    assertThat(client.listCertificates().certificateSummaryList())
        .singleElement()
        .extracting(CertificateSummary::statusAsString)
        .isEqualTo("EXPIRED");
    assertThatThrownBy(() -> client.describeCertificate(r -> r.certificateArn(arn + "0")))
        .isInstanceOf(software.amazon.awssdk.services.acm.model.ResourceNotFoundException.class);
  }

  @Test
  void aSecretThatIsPutAgainHasAnotherTextAndVersion() {
    SecretsManagerDouble model = bed.aws.account().secretsManager(Bed.REGION);
    SecretsManagerClient client = bed.client(SecretsManagerClient.builder());
    String arn = model.put("orders", "{\"password\":\"öne\"}");
    GetSecretValueResponse first = client.getSecretValue(r -> r.secretId("orders"));
    assertThat(first.secretString()).isEqualTo("{\"password\":\"öne\"}");
    assertThat(first.arn()).isEqualTo(arn);
    assertThat(first.name()).isEqualTo("orders");
    assertThat(first.createdDate()).isEqualTo(Bed.NOON);
    assertThat(first.versionStages()).containsExactly("AWSCURRENT");
    model.put("orders", "two");
    GetSecretValueResponse second = client.getSecretValue(r -> r.secretId(arn));
    assertThat(second.secretString()).isEqualTo("two");
    assertThat(second.versionId()).isNotNull().isNotEqualTo(first.versionId());
    assertThatThrownBy(() -> client.getSecretValue(r -> r.secretId("unheard")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  private static GetResourceMetricsRequest.Builder load(MetricQuery... queries) {
    return GetResourceMetricsRequest.builder()
        .serviceType(ServiceType.RDS)
        .identifier("db-ORDERS")
        .startTime(Bed.NOON.minusSeconds(100))
        .endTime(Bed.NOON)
        .periodInSeconds(60)
        .metricQueries(queries);
  }

  @Test
  void theLoadIsReadAsAWholeAndByItsGroup() {
    PiDouble model = bed.aws.account().pi(Bed.REGION);
    PiClient client = bed.client(PiClient.builder());
    Map<String, String> io = Map.of("db.wait_event.name", "DataFileRead");
    model.publish("db-ORDERS", "db.load.avg", Map.of(), Bed.NOON.minusSeconds(30), 2);
    model.publish("db-ORDERS", "db.load.avg", Map.of(), Bed.NOON.minusSeconds(20), 4);
    model.publish("db-ORDERS", "db.load.avg", io, Bed.NOON.minusSeconds(30), 1);
    model.publish("db-OTHER", "db.load.avg", Map.of(), Bed.NOON.minusSeconds(30), 9);
    MetricQuery whole = MetricQuery.builder().metric("db.load.avg").build();
    GetResourceMetricsResponse read = client.getResourceMetrics(load(whole).build());
    assertThat(read.alignedStartTime()).isEqualTo(Bed.NOON.minusSeconds(120));
    assertThat(read.alignedEndTime()).isEqualTo(Bed.NOON);
    assertThat(read.identifier()).isEqualTo("db-ORDERS");
    assertThat(read.metricList()).hasSize(1);
    assertThat(read.metricList().get(0).key().metric()).isEqualTo("db.load.avg");
    assertThat(read.metricList().get(0).dataPoints())
        .containsExactly(
            DataPoint.builder().timestamp(Bed.NOON.minusSeconds(60)).value(3.0).build());
    MetricQuery grouped =
        whole.toBuilder().groupBy(group -> group.group("db.wait_event").limit(5)).build();
    List<MetricKeyDataPoints> parts = client.getResourceMetrics(load(grouped).build()).metricList();
    assertThat(parts).hasSize(2);
    assertThat(parts.get(1).key().dimensions()).isEqualTo(io);
    assertThat(client.getResourceMetricsPaginator(load(grouped).maxResults(1).build()).stream())
        .hasSize(2);
  }

  @Test
  void aTimeThatMakesNoSenseIsAnInvalidArgument() {
    PiClient client = bed.client(PiClient.builder());
    MetricQuery query = MetricQuery.builder().metric("db.load.avg").build();
    assertThatThrownBy(
            () ->
                client.getResourceMetrics(load(query).startTime(Bed.NOON.plusSeconds(60)).build()))
        .isInstanceOf(InvalidArgumentException.class);
  }
}
