package dev.yagura.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.testing.LeakCheck;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Instance;

class AwsEc2Test {
  @RegisterExtension final LeakCheck leaks = LeakCheck.allowing(Bed.KEEP_ALIVE);

  private final Bed bed = new Bed();
  private final Ec2Double model = bed.aws.account().ec2(Bed.REGION);
  private final Ec2Client client = bed.client(Ec2Client.builder());

  @AfterEach
  void close() {
    bed.close();
  }

  private static void assertRefused(ThrowingCallable call, int status, String code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            error -> {
              assertThat(error.statusCode()).isEqualTo(status);
              assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
            });
  }

  @Test
  void aMachineIsDescribedByItsId() {
    model.instance("i-1", "10.0.0.1").set("placement.availabilityZone", "eu-central-1b");
    model.instance("i-2", "10.0.0.2");
    model.instance("i-3", "10.0.0.3").set("instanceState.name", "stopped");
    DescribeInstancesResponse read = client.describeInstances(r -> r.instanceIds("i-1", "i-3"));
    assertThat(read.reservations()).flatExtracting(each -> each.instances()).hasSize(2);
    Instance first = read.reservations().get(0).instances().get(0);
    assertThat(first.instanceId()).isEqualTo("i-1");
    assertThat(first.privateIpAddress()).isEqualTo("10.0.0.1");
    assertThat(first.placement().availabilityZone()).isEqualTo("eu-central-1b");
    assertThat(first.state().nameAsString()).isEqualTo("running");
    assertThat(first.launchTime()).isEqualTo(Bed.NOON);
    assertThat(read.reservations().get(1).instances().get(0).state().nameAsString())
        .isEqualTo("stopped");
  }

  @Test
  void oneUnknownIdRefusesAll() {
    model.instance("i-1", "10.0.0.1");
    assertRefused(
        () -> client.describeInstances(r -> r.instanceIds("i-1", "i-0")),
        400,
        "InvalidInstanceID.NotFound");
    model.remove("i-1");
    assertRefused(
        () -> client.describeInstances(r -> r.instanceIds("i-1")),
        400,
        "InvalidInstanceID.NotFound");
  }

  @Test
  void allMachinesComeInPages() {
    IntStream.range(0, 12).forEach(i -> model.instance("i-" + i, "10.0.0." + i));
    assertThat(client.describeInstancesPaginator(r -> r.maxResults(5)).reservations()).hasSize(12);
    assertThat(bed.aws.count("DescribeInstances")).isEqualTo(3);
  }

  @Test
  void whatGoesWrongIsSaidInTheWordsOfEc2() {
    bed.aws.fail(Fault.throttled());
    assertRefused(client::describeInstances, 503, "RequestLimitExceeded");
    bed.aws.heal();
    bed.aws.fail(Fault.denied());
    assertRefused(client::describeInstances, 403, "UnauthorizedOperation");
    bed.aws.heal();
    bed.aws.revoke("AKIATEST");
    // Only the status, for the JDK's connections keep the body of a 401 for themselves.
    assertThatThrownBy(client::describeInstances)
        .isInstanceOfSatisfying(
            AwsServiceException.class, error -> assertThat(error.statusCode()).isEqualTo(401));
  }
}
