package dev.yagura.ecs.capacity;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How samples are read off a container instance; three of the names are slok/ecs-exporter's. */
final class InstanceFamilies {
  private static final double UNITS_OF_A_VCPU = 1024;
  private static final double BYTES_OF_A_MIB = 1024 * 1024;

  private static final LabelSet<Instance> INSTANCE = LabelSet.of("instance", Instance::id);

  /** Those of each instance. */
  static final List<Family<Instance>> ALL = all();

  /** Of how many instances are not shown. */
  static final Family<Integer> LEFT_OUT =
      Family.gauge(
          "ecs_container_instances_left_out",
          "Container instances of the cluster that are not shown, as there are more than this"
              + " exporter shows, from containerInstanceArns of ListContainerInstances.",
          count -> count);

  private InstanceFamilies() {}

  private static List<Family<Instance>> all() {
    List<Family<Instance>> all = new ArrayList<>(Family.labelled(INSTANCE, values()));
    all.add(
        Family.<Instance>info(
                "ecs_container_instance_info",
                "What kind of container instance it is, from status, capacityProviderName,"
                    + " attributes and versionInfo of DescribeContainerInstances.")
            .labels(
                INSTANCE
                    .and("status", Instance::status)
                    .and("capacity_provider", Instance::capacityProvider)
                    .and("availability_zone", Instance::availabilityZone)
                    .and("instance_type", Instance::instanceType)
                    .and("agent_version", Instance::agentVersion)));
    return List.copyOf(all);
  }

  private static List<Family<Instance>> values() {
    return List.of(
        Family.gauge(
            "ecs_container_instance_agent_connected",
            "Whether the agent is connected to ECS, 1 or 0, from agentConnected of"
                + " DescribeContainerInstances; it is not several times an hour in normal work.",
            instance -> flag(instance.agentConnected())),
        Family.gauge(
            "ecs_container_instance_active",
            "Whether tasks are placed on the instance, 1 or 0, from status of"
                + " DescribeContainerInstances being ACTIVE.",
            instance -> flag(instance.isActive())),
        Family.gauge(
            "ecs_container_instance_healthy",
            "Whether the instance passes its checks, 1 or 0, from healthStatus.overallStatus of"
                + " DescribeContainerInstances being OK or IMPAIRED.",
            instance -> flag(instance.isHealthy())),
        Family.gauge(
            "ecs_container_instance_running_tasks",
            "Tasks that run on the instance, from runningTasksCount of"
                + " DescribeContainerInstances.",
            Instance::runningTasks),
        Family.gauge(
            "ecs_container_instance_pending_tasks",
            "Tasks that are about to run on the instance, from pendingTasksCount of"
                + " DescribeContainerInstances.",
            Instance::pendingTasks),
        Family.gauge(
            "ecs_container_instance_registered_vcpus",
            "vCPUs that the instance has for tasks, from CPU units in registeredResources of"
                + " DescribeContainerInstances.",
            instance -> vcpus(instance.registered())),
        Family.gauge(
            "ecs_container_instance_remaining_vcpus",
            "vCPUs that no task has reserved, from CPU units in remainingResources of"
                + " DescribeContainerInstances.",
            instance -> vcpus(instance.remaining())),
        Family.gauge(
            "ecs_container_instance_registered_memory_bytes",
            "Bytes of memory that the instance has for tasks, from MiB in registeredResources of"
                + " DescribeContainerInstances.",
            instance -> memory(instance.registered())),
        Family.gauge(
            "ecs_container_instance_remaining_memory_bytes",
            "Bytes of memory that no task has reserved, from MiB in remainingResources of"
                + " DescribeContainerInstances.",
            instance -> memory(instance.remaining())));
  }

  private static @Nullable Number flag(@Nullable Boolean is) {
    if (is == null) {
      return null;
    }
    return is ? 1 : 0;
  }

  private static @Nullable Number vcpus(Instance.Room room) {
    return room.cpuUnits() == null ? null : room.cpuUnits() / UNITS_OF_A_VCPU;
  }

  private static @Nullable Number memory(Instance.Room room) {
    return room.memoryMib() == null ? null : room.memoryMib() * BYTES_OF_A_MIB;
  }
}
