package dev.yagura.testing;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves a thread behind. What is about to end is waited for; what stays is named
 * with its stack.
 */
public final class LeakCheck implements BeforeEachCallback, AfterEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LeakCheck.class);

  /** Threads that the JVM, the test runner or the driver starts when it likes and keeps. */
  private static final List<String> NOT_OURS =
      List.of(
          "Attach Listener",
          "Cleaner-",
          "Common-Cleaner",
          "ForkJoinPool.commonPool-",
          "HttpClient-", // Of java.net.http, which cannot be closed before Java 21.
          "JNA Cleaner",
          "Java2D Disposer",
          "PostgreSQL-JDBC-",
          "junit-",
          "process reaper",
          "surefire-");

  private final String[] allowed;

  /** As {@code @ExtendWith(LeakCheck.class)} makes it: no thread may stay. */
  public LeakCheck() {
    this(new String[0]);
  }

  private LeakCheck(String[] allowed) {
    this.allowed = allowed.clone();
  }

  /** For {@code @RegisterExtension}: threads whose names begin with one of these may stay. */
  public static LeakCheck allowing(String... prefixes) {
    return new LeakCheck(prefixes);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(NAMESPACE).put(context.getUniqueId(), threads(allowed));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Threads before = context.getStore(NAMESPACE).remove(context.getUniqueId(), Threads.class);
    if (before != null) {
      before.assertNoNewThreads();
    }
  }

  /** The threads that run now, to be compared with those that run later. */
  public static Threads threads(String... allowedPrefixes) {
    return new Threads(Stream.concat(NOT_OURS.stream(), Arrays.stream(allowedPrefixes)).toList());
  }

  /** Waits until this application has no session. */
  public static void assertNoSessions(PostgresServer server, String applicationName) {
    assertNoSessions(server, applicationName, Await.PATIENCE);
  }

  /** As without a time, and waits no longer than this. */
  public static void assertNoSessions(
      PostgresServer server, String applicationName, Duration atMost) {
    assertNone("sessions", applicationName, atMost, () -> server.sessions(applicationName));
  }

  /** Waits until no session of this application is inside a transaction. */
  public static void assertNoTransactions(PostgresServer server, String applicationName) {
    assertNoTransactions(server, applicationName, Await.PATIENCE);
  }

  /** As without a time, and waits no longer than this. */
  public static void assertNoTransactions(
      PostgresServer server, String applicationName, Duration atMost) {
    assertNone(
        "open transactions", applicationName, atMost, () -> server.transactions(applicationName));
  }

  @FunctionalInterface
  private interface Count {
    long now() throws SQLException;
  }

  private static void assertNone(
      String what, String applicationName, Duration atMost, Count count) {
    var last = new AtomicLong();
    boolean none =
        Await.until(
            atMost,
            () -> {
              try {
                last.set(count.now());
                return last.get() == 0;
              } catch (SQLException e) {
                throw new AssertionError("cannot count " + what + " of " + applicationName, e);
              }
            });
    if (!none) {
      throw new AssertionError(last + " " + what + " of " + applicationName + " are left");
    }
  }

  /** The threads of one moment. */
  public static final class Threads {
    private final Set<Thread> before = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<String> allowed;

    private Threads(List<String> allowed) {
      this.allowed = allowed;
      before.addAll(Thread.getAllStackTraces().keySet());
    }

    /**
     * Waits until all threads that started since have ended.
     *
     * @throws AssertionError with the names and stacks of those that stay
     */
    public void assertNoNewThreads() {
      assertNoNewThreads(Await.PATIENCE);
    }

    /** As {@link #assertNoNewThreads()}, and waits no longer than this. */
    public void assertNoNewThreads(Duration atMost) {
      if (!Await.until(atMost, () -> fresh().isEmpty())) {
        List<Thread> left = fresh();
        if (!left.isEmpty()) {
          throw new AssertionError(
              "left behind: "
                  + left.stream().map(Threads::describe).collect(Collectors.joining("\n")));
        }
      }
    }

    /** Those that started since and still run. */
    List<Thread> fresh() {
      return Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> !before.contains(thread) && thread.isAlive())
          .filter(thread -> allowed.stream().noneMatch(thread.getName()::startsWith))
          .toList();
    }

    private static String describe(Thread thread) {
      return Stream.concat(
              Stream.of(thread.getName() + " (" + thread.getState() + ")"),
              Arrays.stream(thread.getStackTrace()).map(frame -> "    at " + frame))
          .collect(Collectors.joining("\n"));
    }
  }
}
