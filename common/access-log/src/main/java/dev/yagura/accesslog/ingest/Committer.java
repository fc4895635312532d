package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.ingest.IngestStatus.Pause;
import dev.yagura.state.StateDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.NonNull;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits one thing after the other. What the disk does not take is tried again until it does, and
 * everybody waits: so nothing is lost, and nothing is counted in memory that is not on disk.
 */
final class Committer<D extends @NonNull Object> {
  /** What is done in a transaction; done again from the start if that fails. */
  interface Work {
    void in(Connection transaction) throws SQLException;
  }

  private static final Logger logger = LoggerFactory.getLogger(Committer.class);

  private static final String SCHEMA =
      """
      CREATE TABLE IF NOT EXISTS ingest_commits (number INTEGER NOT NULL);
      INSERT INTO ingest_commits SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM ingest_commits);
      """;

  private final StateDatabase state;
  private final Tally<D> tally;
  private final Counters counters;
  private final IngestSettings settings;
  private final Clock clock;
  private final Step.Observer observer;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private boolean closed;
  private long commits;
  private volatile Optional<Pause> paused = Optional.empty();

  Committer(
      StateDatabase state,
      Tally<D> tally,
      Counters counters,
      IngestSettings settings,
      Clock clock,
      Step.Observer observer) {
    this.state = state;
    this.tally = tally;
    this.counters = counters;
    this.settings = settings;
    this.clock = clock;
    this.observer = observer;
  }

  /** Makes the tables and reads what is there. */
  void start() throws SQLException {
    lock.lock();
    try {
      try (Statement statement = state.writer().createStatement()) {
        statement.executeUpdate("BEGIN IMMEDIATE");
        try {
          statement.executeUpdate(
              SCHEMA + Ledger.SCHEMA + Counters.SCHEMA + Looks.SCHEMA + tally.schema());
          statement.executeUpdate("COMMIT");
        } catch (SQLException e) {
          undo();
          throw e;
        }
      }
      load();
      tally.publish();
    } finally {
      lock.unlock();
    }
  }

  private void load() throws SQLException {
    commits = committed();
    counters.load(state.writer());
    tally.load(state.writer());
  }

  private long committed() throws SQLException {
    try (Statement statement = state.writer().createStatement();
        ResultSet row = statement.executeQuery("SELECT number FROM ingest_commits")) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** Why nothing can be committed at the moment. */
  Optional<Pause> paused() {
    return paused;
  }

  /**
   * Commits the work together with the counters, and publishes it.
   *
   * @return false if the process ends before that worked; nothing of it is committed then
   * @throws RuntimeException of the work itself; nothing of it is committed then
   */
  boolean run(Work work) {
    lock.lock();
    try {
      int failures = 0;
      while (!closed) {
        try {
          transact(work);
          break;
        } catch (SQLException e) {
          if (SqlFaults.isOurs(e)) {
            restore(failures);
            throw new IllegalStateException("a statement is wrong: " + e.getMessage(), e);
          }
          pause(e, failures++);
          if (restore(failures)) {
            break;
          }
        } catch (RuntimeException | StackOverflowError e) {
          restore(failures);
          throw e;
        }
      }
      if (closed) {
        return false;
      }
      resume();
      publish();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void transact(Work work) throws SQLException {
    try (Statement statement = state.writer().createStatement()) {
      statement.executeUpdate("BEGIN IMMEDIATE");
      work.in(state.writer());
      counters.write(state.writer());
      statement.executeUpdate("UPDATE ingest_commits SET number = " + (commits + 1));
      statement.executeUpdate("COMMIT");
    }
    commits++;
    counters.committed();
  }

  private void publish() {
    observer.at(Step.COMMITTED);
    try {
      tally.publish();
    } catch (RuntimeException e) {
      logger.error("what is committed cannot be shown", e);
    }
    observer.at(Step.PUBLISHED);
  }

  /**
   * Puts memory back to what is on disk, however long that takes.
   *
   * @return whether the transaction is on disk although it seemed to have failed
   */
  private boolean restore(int failures) {
    long before = commits;
    boolean again = false;
    while (!isStopping()) {
      try {
        if (again) {
          state.reopen();
        } else {
          undo();
        }
        boolean through = committed() == before + 1;
        if (through) {
          counters.committed();
        } else {
          counters.rolledBack();
        }
        load();
        return through;
      } catch (SQLException | RuntimeException e) {
        again = true;
        pause(e, failures++);
      }
    }
    closed = true;
    return false;
  }

  private void undo() throws SQLException {
    try (Statement statement = state.writer().createStatement()) {
      statement.executeUpdate("ROLLBACK");
    } catch (SQLException e) {
      if (!SqlFaults.isOurs(e)) { // There may be nothing left to roll back.
        throw e;
      }
    }
  }

  private void pause(Exception cause, int failures) {
    if (paused.isEmpty()) {
      paused = Optional.of(new Pause(clock.instant(), String.valueOf(cause.getMessage())));
      logger.error(
          "the state cannot be written, reading of logs is paused: {}", cause.getMessage());
    }
    Duration pause = Postponed.pause(failures + 1, settings.firstPause(), settings.longestPause());
    try {
      if (stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        closed = true;
      }
    } catch (InterruptedException e) {
      // Only the end of the process interrupts, and it opens the latch as well.
      closed = closed || isStopping();
    }
  }

  private void resume() {
    if (paused.isPresent()) {
      paused = Optional.empty();
      logger.info("the state can be written again, reading of logs goes on");
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /** Ends a pause; a transaction that is under way ends by itself. */
  void stop() {
    stopping.countDown();
  }

  /** After this nothing is committed any more; waits for what is under way, within bounds. */
  void close() throws InterruptedException {
    stop();
    if (lock.tryLock(settings.closeWithin().toNanos(), TimeUnit.NANOSECONDS)) {
      try {
        closed = true;
      } finally {
        lock.unlock();
      }
    }
  }
}
