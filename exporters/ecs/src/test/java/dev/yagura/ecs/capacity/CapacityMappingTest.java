package dev.yagura.ecs.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.ParsedExposition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.CapacityProvider;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStatus;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.ManagedScalingStatus;
import software.amazon.awssdk.services.ecs.model.Resource;

class CapacityMappingTest {
  private static final String ARN =
      "arn:aws:ecs:eu-west-1:111122223333:container-instance/prod/b54a2a04046f43319d743f6d7f6ca315";
  private static final String ID = "i-0a1b2c3d4e5f60718";

  private static ContainerInstance.Builder said() {
    return ContainerInstance.builder()
        .containerInstanceArn(ARN)
        .ec2InstanceId(ID)
        .status("ACTIVE")
        .capacityProviderName("spot")
        .versionInfo(version -> version.agentVersion("1.89.2"))
        .registeredAt(Instant.parse("2026-11-25T10:00:00Z"))
        .agentConnected(true)
        .healthStatus(health -> health.overallStatus("OK"))
        .runningTasksCount(7)
        .pendingTasksCount(2)
        .attributes(
            attribute("ecs.availability-zone", "eu-west-1b"),
            attribute("ecs.instance-type", "m7g.large"),
            attribute("ecs.os-type", "linux"))
        .registeredResources(resource("CPU", 2048), resource("MEMORY", 3767))
        .remainingResources(resource("CPU", 1536), resource("MEMORY", 767));
  }

  private static Attribute attribute(String name, String value) {
    return Attribute.builder().name(name).value(value).build();
  }

  private static Resource resource(String name, int value) {
    return Resource.builder().name(name).type("INTEGER").integerValue(value).build();
  }

  private static ParsedExposition shown(ContainerInstance said) {
    return shown(InstanceFamilies.ALL, CapacityApi.instance(said));
  }

  private static ParsedExposition shown(CapacityProvider said) {
    return shown(CapacityProvidersScraper.FAMILIES, CapacityApi.provider(said));
  }

  private static <R> ParsedExposition shown(List<Family<R>> families, R row) {
    return Expositions.parse(
        Expositions.render(
            List.of(Samples.of(List.of(Snapshot.of(families, row)), ConstantLabels.none()))));
  }

  @ParameterizedTest
  @CsvSource({
    "agent_connected,1",
    "active,1",
    "healthy,1",
    "running_tasks,7",
    "pending_tasks,2",
    "registered_vcpus,2",
    "remaining_vcpus,1.5",
    "registered_memory_bytes,3949985792",
    "remaining_memory_bytes,804257792"
  })
  void anInstanceIsShownInBaseUnits(String family, double value) {
    assertThat(shown(said().build()).value("ecs_container_instance_" + family, "instance", ID))
        .hasValue(value);
  }

  @Test
  void whatAnInstanceIsLikeStandsOnItsInfo() {
    assertThat(
            shown(said().build())
                .value(
                    "ecs_container_instance_info",
                    "instance",
                    ID,
                    "status",
                    "ACTIVE",
                    "capacity_provider",
                    "spot",
                    "availability_zone",
                    "eu-west-1b",
                    "instance_type",
                    "m7g.large",
                    "agent_version",
                    "1.89.2"))
        .hasValue(1);
  }

  @Test
  void whatEcsDoesNotSayIsAbsentAndNotZero() {
    ContainerInstance nothing = ContainerInstance.builder().containerInstanceArn(ARN).build();

    assertThat(shown(nothing).families()).containsExactly("ecs_container_instance_info");
  }

  @Test
  void anInstanceThatIsNoneOfEc2IsNamedByItsArn() {
    ContainerInstance elsewhere = said().ec2InstanceId(null).build();

    assertThat(CapacityApi.instance(elsewhere).id()).isEqualTo("b54a2a04046f43319d743f6d7f6ca315");
  }

  @ParameterizedTest
  @ValueSource(strings = {"REGISTERING", "DRAINING", "INACTIVE", "OF_NEXT_YEAR"})
  void anyStatusButActiveIsNotActive(String status) {
    assertThat(shown(said().status(status).build()).value("ecs_container_instance_active"))
        .hasValue(0);
  }

  @Test
  void anAgentThatIsDisconnectedIsZero() {
    assertThat(
            shown(said().agentConnected(false).build())
                .value("ecs_container_instance_agent_connected"))
        .hasValue(0);
  }

  @Test
  void anImpairedInstanceIsNotHealthy() {
    assertThat(healthy("IMPAIRED")).containsExactly(0.0);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"INSUFFICIENT_DATA", "INITIALIZING", "OF_NEXT_YEAR"})
  void healthThatIsNotKnownIsAbsent(@Nullable String status) {
    assertThat(healthy(status)).isEmpty();
  }

  private static List<Double> healthy(@Nullable String status) {
    ContainerInstance said = said().healthStatus(health -> health.overallStatus(status)).build();
    return shown(said).samples("ecs_container_instance_healthy").stream()
        .map(sample -> sample.value())
        .toList();
  }

  @Test
  void anInstanceThatWasRegisteredAgainIsThereOnceAsItIsNow() {
    Instance before = CapacityApi.instance(said().registeredAt(Instant.EPOCH).build());
    Instance now = CapacityApi.instance(said().build());
    Instance unknown = CapacityApi.instance(said().registeredAt(null).build());

    assertThat(InstancesScraper.newest(List.of(before, now, unknown))).containsExactly(now);
    assertThat(InstancesScraper.newest(List.of(unknown, now, before))).containsExactly(now);
  }

  @Test
  void theSameInstancesAreShownInWhicheverOrderTheyAreListed() {
    assertThat(InstancesScraper.shown(List.of("c", "a", "b"), 2)).containsExactly("a", "b");
    assertThat(InstancesScraper.shown(List.of("b", "a"), 2)).containsExactly("a", "b");
  }

  private static CapacityProvider scaled(ManagedScalingStatus status) {
    return CapacityProvider.builder()
        .name("spot")
        .status(CapacityProviderStatus.ACTIVE)
        .updateStatus("UPDATE_COMPLETE")
        .autoScalingGroupProvider(
            group -> group.managedScaling(scaling -> scaling.status(status).targetCapacity(90)))
        .build();
  }

  @Test
  void aProviderThatEcsScalesShowsItsTarget() {
    ParsedExposition shown = shown(scaled(ManagedScalingStatus.ENABLED));

    assertThat(
            shown.value(
                "ecs_capacity_provider_info",
                "capacity_provider",
                "spot",
                "status",
                "ACTIVE",
                "update_status",
                "UPDATE_COMPLETE",
                "managed_scaling",
                "ENABLED"))
        .hasValue(1);
    assertThat(
            shown.value("ecs_capacity_provider_target_capacity_ratio", "capacity_provider", "spot"))
        .hasValue(0.9);
  }

  @Test
  void aProviderThatEcsDoesNotScaleHasNoTarget() {
    assertThat(shown(scaled(ManagedScalingStatus.DISABLED)).families())
        .containsExactly("ecs_capacity_provider_info");
    assertThat(shown(CapacityProvider.builder().name("FARGATE").build()).families())
        .containsExactly("ecs_capacity_provider_info");
  }
}
