package dev.yagura.ecs.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.NetworkInterface;
import software.amazon.awssdk.services.ecs.model.Task;

/** The address of a task, of IPv4 or IPv6. */
class PrivateIpTest {
  private static KeyValuePair detail(String name, String value) {
    return KeyValuePair.builder().name(name).value(value).build();
  }

  private static Task attached(KeyValuePair... details) {
    return Task.builder()
        .taskArn("arn:aws:ecs:eu-central-1:1:task/main/a")
        .attachments(
            Attachment.builder()
                .type("ElasticNetworkInterface")
                .details(Arrays.asList(details))
                .build())
        .build();
  }

  private static Task withContainer(@Nullable String ipv4, @Nullable String ipv6) {
    return Task.builder()
        .taskArn("arn:aws:ecs:eu-central-1:1:task/main/a")
        .containers(
            Container.builder()
                .networkInterfaces(
                    NetworkInterface.builder().privateIpv4Address(ipv4).ipv6Address(ipv6).build())
                .build())
        .build();
  }

  private static @Nullable String ip(Task task) {
    return Mapping.task(task, "main").privateIp();
  }

  @Test
  void aTaskThatHasOnlyIpv6IsReachedThere() {
    assertThat(ip(attached(detail("ipv6Address", "2001:db8::7")))).isEqualTo("2001:db8::7");
    assertThat(ip(withContainer(null, "2001:db8::8"))).isEqualTo("2001:db8::8");
  }

  @Test
  void whereThereAreBothItIsTheOneOfIpv4() {
    assertThat(
            ip(
                attached(
                    detail("ipv6Address", "2001:db8::7"),
                    detail("privateIPv4Address", "10.0.0.7"))))
        .isEqualTo("10.0.0.7");
    assertThat(ip(withContainer("10.0.0.8", "2001:db8::8"))).isEqualTo("10.0.0.8");
  }
}
