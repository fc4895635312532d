package dev.yagura.testing;

import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.Target;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** One kind of target, as {@link TargetChecks} sees it. */
public interface TargetSubject {
  /** A healthy upstream. */
  InetSocketAddress upstream();

  /** A new target that reaches the upstream by this port of 127.0.0.1, and in no other way. */
  Target target(int port);

  /** Families that a healthy upstream is sure to show. */
  Set<String> expectedFamilies();

  /** A target whose upstream leaves something unsaid. */
  Absence absence();

  /** The scrape's budget; also the measure of what a target that hangs costs a test. */
  default Duration budget() {
    return Duration.ofSeconds(3);
  }

  /** How long what is to go away is waited for. */
  default Duration patience() {
    return Await.PATIENCE;
  }

  /** What an upstream that answers bytes of no protocol is reported as. */
  default FailureReason garbage() {
    return FailureReason.INVALID;
  }

  /** Beginnings of the names of threads that it keeps between scrapes. */
  default List<String> keptThreads() {
    return List.of();
  }

  /** How many connections it keeps between scrapes. */
  default int keptConnections() {
    return 0;
  }

  /** How many connections are left once it is closed, of a client that all of a process shares. */
  default int sharedConnections() {
    return 0;
  }

  /** How many transactions it has open in the upstream now. */
  default long openTransactions() {
    return 0;
  }

  /** How much it has asked of the upstream so far, in any unit that a second scrape doubles. */
  default long asked(FrozenWire wire) {
    return wire.bytesToServer();
  }

  /**
   * Whether this sample's value may differ between two scrapes of an upstream that stands still.
   */
  default boolean varies(Sample sample) {
    return true;
  }

  /**
   * A target whose upstream leaves something unsaid, without being at fault.
   *
   * @param target that reads it; closed by the check
   * @param families that it declares, and must not emit for want of a value
   */
  record Absence(Target target, Set<String> families) {
    public Absence {
      families = Set.copyOf(families);
      if (families.isEmpty()) {
        throw new IllegalArgumentException("nothing that could be absent");
      }
    }
  }
}
