package dev.yagura.testing.example;

import dev.yagura.core.scrape.Target;
import dev.yagura.testing.FrozenWire;
import dev.yagura.testing.LineServer;
import dev.yagura.testing.LineTarget;
import dev.yagura.testing.TargetContract;
import java.net.InetSocketAddress;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The contract as an exporter extends it, from another package and with the defaults. */
class LineTargetTest extends TargetContract {
  private final LineServer server = new LineServer("7 30");
  private final LineServer silent = new LineServer("7 -");

  @AfterEach
  void stop() {
    server.close();
    silent.close();
  }

  @Override
  public InetSocketAddress upstream() {
    return server.address();
  }

  @Override
  public Target target(int port) {
    return new LineTarget(port);
  }

  @Override
  public Set<String> expectedFamilies() {
    return Set.of("line_depth", "line_age_seconds");
  }

  @Override
  public Absence absence() {
    return new Absence(target(silent.address().getPort()), Set.of("line_age_seconds"));
  }

  @Override
  public long asked(FrozenWire wire) {
    return server.asked();
  }
}
