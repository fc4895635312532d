package dev.yagura.testing;

import dev.yagura.core.scrape.Target;
import dev.yagura.testing.LineTarget.Fault;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A target with these faults, in front of a server that is well. */
class LineSubject implements TargetSubject, AutoCloseable {
  private final LineServer server = new LineServer("7 30");
  private final LineServer silent = new LineServer("7 -");
  private final List<LineTarget> targets = new ArrayList<>();
  private final Set<Fault> faults;

  LineSubject(Fault... faults) {
    this.faults = EnumSet.noneOf(Fault.class);
    this.faults.addAll(List.of(faults));
  }

  @Override
  public InetSocketAddress upstream() {
    return server.address();
  }

  @Override
  public Target target(int port) {
    var target = new LineTarget(port, faults);
    targets.add(target);
    return target;
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
  public Duration budget() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(1);
  }

  @Override
  public boolean varies(Sample sample) {
    return false;
  }

  @Override
  public void close() {
    server.close();
    silent.close();
    targets.forEach(LineTarget::release);
  }
}
