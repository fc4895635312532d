package dev.yagura.ecs.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.scrape.FailureReason;
import dev.yagura.ecs.api.EcsApi;
import dev.yagura.testing.aws.Fault;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DescribedHostsIT {
  private final Ground ground = new Ground();
  private final DescribedHosts hosts =
      new DescribedHosts(new EcsApi(ground.place()), ground.place());

  @AfterEach
  void close() {
    ground.close();
  }

  private String instance(String cluster, String id) {
    return String.valueOf(ground.ecs().cluster(cluster).instance(id).text("containerInstanceArn"));
  }

  private String instance(String cluster, String id, String ip) {
    ground.ec2().instance(id, ip);
    return instance(cluster, id);
  }

  private Map<String, String> read(Map<String, Set<String>> asked) throws Exception {
    HostAddresses.Found found = hosts.of(asked, ground.deadline());
    assertThat(found.failure()).isEmpty();
    return found.ipByArn();
  }

  @Test
  void machinesOfSeveralClustersAreReadAndAskedForOnce() throws Exception {
    String one = instance("main", "i-01", "192.0.2.1");
    String two = instance("jobs", "i-02", "192.0.2.2");
    Map<String, Set<String>> asked = Map.of("main", Set.of(one), "jobs", Set.of(two));

    assertThat(read(asked)).isEqualTo(Map.of(one, "192.0.2.1", two, "192.0.2.2"));
    assertThat(read(asked)).hasSize(2);
    assertThat(ground.aws.count("DescribeContainerInstances")).isEqualTo(2);
    assertThat(ground.aws.count("DescribeInstances")).isEqualTo(1);
  }

  @Test
  void noMoreThanAHundredAreAskedForAtOnce() throws Exception {
    Set<String> arns = new HashSet<>();
    for (int i = 0; i < 250; i++) {
      arns.add(instance("main", String.format("i-%04x", i), "10.1." + i / 200 + "." + i % 200));
    }

    assertThat(read(Map.of("main", arns))).hasSize(250);
    assertThat(ground.aws.count("DescribeContainerInstances")).isEqualTo(3);
    assertThat(ground.aws.count("DescribeInstances")).isEqualTo(3);
  }

  @Test
  void oneThatIsGoneDoesNotHideTheOthers() throws Exception {
    String here = instance("main", "i-01", "192.0.2.1");
    String gone = instance("main", "i-02");
    String elsewhere = instance("main", "mi-0123");
    String unknown = here + "x";

    assertThat(read(Map.of("main", Set.of(here, gone, elsewhere, unknown))))
        .isEqualTo(Map.of(here, "192.0.2.1"));
  }

  @Test
  void whereAllAreGoneThereIsNone() throws Exception {
    assertThat(read(Map.of("main", Set.of(instance("main", "i-01"))))).isEmpty();
  }

  @Test
  void whoMayNotAskIsToldAndWhatIsKnownIsThere() throws Exception {
    String one = instance("main", "i-01", "192.0.2.1");
    String two = instance("jobs", "i-02", "192.0.2.2");
    String three = instance("late", "i-03", "192.0.2.3");
    read(Map.of("main", Set.of(one)));
    ground.aws.fail(
        Fault.denied(),
        call ->
            call.operation().equals("DescribeContainerInstances")
                && call.cluster().endsWith("jobs"));

    HostAddresses.Found found =
        hosts.of(
            Map.of("main", Set.of(one), "jobs", Set.of(two), "late", Set.of(three)),
            ground.deadline());

    assertThat(found.ipByArn()).isEqualTo(Map.of(one, "192.0.2.1", three, "192.0.2.3"));
    assertThat(found.failure())
        .hasValueSatisfying(
            e -> {
              assertThat(e.reason()).isEqualTo(FailureReason.DENIED);
              assertThat(e).hasMessageContaining("ecs:DescribeContainerInstances");
            });

    ground.aws.heal();
    ground.aws.fail(Fault.denied(), call -> call.operation().equals("DescribeInstances"));
    assertThat(hosts.of(Map.of("jobs", Set.of(two)), ground.deadline()).failure())
        .hasValueSatisfying(e -> assertThat(e).hasMessageContaining("ec2:DescribeInstances"));
  }
}
