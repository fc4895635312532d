package dev.yagura.aurorapostgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.metrics.Samples;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.Selection;
import dev.yagura.core.scrape.TargetStatus;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.FrozenWire;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.PostgresServer;
import dev.yagura.testing.Sample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class FleetIT {
  private static final Duration BUDGET = Duration.ofSeconds(9);

  @Test
  void tenFrozenAndTenRefusingTargetsTakeNothingFromTheEightyOthers() throws Exception {
    try (PostgresServer server = PostgresServer.start(17, Map.of("max_connections", "200"));
        var frozen = FrozenWire.to("127.0.0.1", server.port())) {
      frozen.freeze();
      var targets = new StringBuilder("targets:\n");
      IntStream.range(0, 80).forEach(i -> add(targets, "good-" + i, server.port()));
      IntStream.range(0, 10).forEach(i -> add(targets, "frozen-" + i, frozen.port()));
      int closed = closedPort();
      IntStream.range(0, 10).forEach(i -> add(targets, "refusing-" + i, closed));
      try (Watch watch = Watch.of(targets.toString())) {
        // The first scrape dials eighty servers that are one here; the second is as in daily life.
        scrape(watch);
        long begin = System.nanoTime();
        List<Samples> samples = scrape(watch);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BUDGET.plusMillis(500));
        ParsedExposition scrape = Expositions.parse(Expositions.render(samples));
        assertThat(scrape.samples("pg_up")).hasSize(100);
        assertThat(scrape.samples("pg_up").stream().filter(up -> up.value() == 1)).hasSize(80);
        assertThat(scrape.samples("yagura_scrape_success"))
            .allMatch(success -> success.value() == (isGood(success) ? 1 : 0));
        assertThat(reasons(watch, "frozen-")).hasSize(10).containsOnly(FailureReason.TIMEOUT);
        assertThat(reasons(watch, "refusing-")).hasSize(10).containsOnly(FailureReason.UNREACHABLE);
        assertThat(server.sessions("yagura")).isEqualTo(80);
      }
    }
  }

  private static List<Samples> scrape(Watch watch) {
    return watch
        .exporter()
        .start(Optional.empty(), Selection.all(), Deadline.after(BUDGET, System::nanoTime))
        .await();
  }

  private static boolean isGood(Sample sample) {
    return sample.label("target").startsWith("good-");
  }

  /** Why the newest run did not reach the targets whose names begin so. */
  private static List<FailureReason> reasons(Watch watch, String prefix) {
    return watch.exporter().status().stream()
        .filter(status -> status.target().startsWith(prefix))
        .map(TargetStatus::report)
        .map(report -> Objects.requireNonNull(Objects.requireNonNull(report).failure()).reason())
        .toList();
  }

  private static void add(StringBuilder targets, String name, int port) {
    targets.append(
        "  - {name: %s, url: \"%s\"}\n".formatted(name, Watch.address(port, "postgres")));
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
