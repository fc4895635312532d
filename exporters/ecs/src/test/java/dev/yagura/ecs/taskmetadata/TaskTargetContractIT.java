package dev.yagura.ecs.taskmetadata;

import dev.yagura.core.scrape.Target;
import dev.yagura.testing.Sample;
import dev.yagura.testing.TargetContract;
import java.net.InetSocketAddress;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;

class TaskTargetContractIT extends TargetContract {
  private static final MetadataServer SERVER = MetadataServer.of("ec2");

  /** A task of which nothing is told but its name. */
  private static final MetadataServer TERSE =
      MetadataServer.of("ec2")
          .with(
              "/task",
              "{\"TaskARN\":\"arn\",\"Limits\":null,\"Containers\":[{\"Name\":\"web\"},null]}")
          .with("/task/stats", "{\"\":null}");

  @AfterAll
  static void stop() {
    SERVER.close();
    TERSE.close();
  }

  @Override
  public InetSocketAddress upstream() {
    return SERVER.address();
  }

  @Override
  public Target target(int port) {
    return new TaskTarget(MetadataServer.endpoint(port));
  }

  /** The connection to the endpoint is used again. */
  @Override
  public int keptConnections() {
    return 1;
  }

  @Override
  public int sharedConnections() {
    return 1;
  }

  @Override
  public Set<String> expectedFamilies() {
    return Set.of(
        "ecs_task_up",
        "ecs_task_metadata_info",
        "ecs_task_service_info",
        "ecs_container_exit_code",
        "ecs_container_cpu_usage_seconds_total",
        "ecs_network_receive_bytes_total");
  }

  @Override
  public Absence absence() {
    return new Absence(
        target(TERSE.address().getPort()),
        Set.of(
            "ecs_task_service_info",
            "ecs_task_cpu_limit_vcpus",
            "ecs_task_memory_limit_bytes",
            "ecs_task_ephemeral_storage_used_bytes",
            "ecs_task_image_pull_start_timestamp_seconds",
            "ecs_container_healthy",
            "ecs_container_exit_code",
            "ecs_container_restarts_total",
            "ecs_container_memory_limit_bytes",
            "ecs_container_memory_usage_bytes",
            "ecs_container_memory_limit_failures_total",
            "ecs_network_receive_bytes_total"));
  }

  @Override
  public boolean varies(Sample sample) {
    return false;
  }
}
