package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.source.ObjectId;
import dev.yagura.state.StateDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which log files are dealt with.
 *
 * <p>Another version of a known location is another file and is counted as well; only where a local
 * file has the very bytes that were counted, as after {@code touch}, it is the same. What was given
 * up is tried once more by each process, for the configuration or the release may be another one.
 */
final class Ledger implements AutoCloseable {
  static final String SCHEMA =
      """
      CREATE TABLE IF NOT EXISTS ingest_object (
        location TEXT NOT NULL,
        version TEXT NOT NULL,
        size INTEGER NOT NULL,
        crc32c INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        reason TEXT NOT NULL,
        processed_at INTEGER NOT NULL,
        seen_at INTEGER NOT NULL,
        PRIMARY KEY (location, version)
      ) WITHOUT ROWID;
      """;

  /** A sighting is worth a write only this often. */
  private static final long SEEN_AGAIN_SECONDS = Duration.ofDays(1).toSeconds();

  private static final int MOST_SEEN = 200_000;

  /**
   * What a file held.
   *
   * @param size in bytes as stored
   * @param crc its CRC-32C
   */
  record Content(long size, long crc) {}

  /** One that is forgotten is only read once more. */
  private static final int MOST_GIVEN_UP = 100_000;

  private final StateDatabase state;
  private final Clock clock;
  private final ReentrantLock looking = new ReentrantLock();
  private @Nullable Connection reader;
  private @Nullable PreparedStatement lookup;
  private final Set<ObjectId> seen = new LinkedHashSet<>();
  private final Set<ObjectId> givenUp = new LinkedHashSet<>();

  Ledger(StateDatabase state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  /**
   * What is committed of this file; null if nothing is, or if another process gave it up. Does not
   * wait for a commit.
   */
  @Nullable Outcome committed(ObjectId id) throws SQLException {
    looking.lock();
    try {
      PreparedStatement statement = lookup();
      statement.setString(1, id.location());
      statement.setString(2, id.version());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        if (now() - row.getLong(2) >= SEEN_AGAIN_SECONDS && seen.size() < MOST_SEEN) {
          seen.add(id);
        }
        Outcome outcome = Outcome.valueOf(row.getString(1));
        return outcome == Outcome.UNREADABLE && !givenUp.contains(id) ? null : outcome;
      }
    } catch (SQLException e) {
      close();
      throw e;
    } finally {
      looking.unlock();
    }
  }

  private PreparedStatement lookup() throws SQLException {
    PreparedStatement prepared = lookup;
    if (prepared == null) {
      prepared =
          reader()
              .prepareStatement(
                  "SELECT outcome, seen_at FROM ingest_object WHERE location = ? AND version = ?");
      lookup = prepared;
    }
    return prepared;
  }

  private Connection reader() throws SQLException {
    Connection open = reader;
    if (open == null) {
      open = state.reader(() -> false);
      reader = open;
    }
    return open;
  }

  /** What the transaction sees of this file; null if nothing. */
  static @Nullable Outcome find(Connection transaction, ObjectId id) throws SQLException {
    try (PreparedStatement statement =
        transaction.prepareStatement(
            "SELECT outcome FROM ingest_object WHERE location = ? AND version = ?")) {
      statement.setString(1, id.location());
      statement.setString(2, id.version());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Outcome.valueOf(row.getString(1)) : null;
      }
    }
  }

  /** The contents of a file at this place that were counted, the shortest first. */
  List<Content> counted(String location) throws SQLException {
    looking.lock();
    try {
      return counted(reader(), location);
    } finally {
      looking.unlock();
    }
  }

  /** The same as a transaction sees it. */
  static List<Content> counted(Connection database, String location) throws SQLException {
    try (PreparedStatement statement =
        database.prepareStatement(
            """
            SELECT size, crc32c FROM ingest_object
            WHERE location = ? AND outcome = 'COUNTED' AND size > 0 ORDER BY size, crc32c
            """)) {
      statement.setString(1, location);
      try (ResultSet rows = statement.executeQuery()) {
        List<Content> contents = new ArrayList<>();
        while (rows.next()) {
          contents.add(new Content(rows.getLong(1), rows.getLong(2)));
        }
        return contents;
      }
    }
  }

  /** This process does not read it again. */
  void giveUp(ObjectId id) {
    looking.lock();
    try {
      if (givenUp.size() >= MOST_GIVEN_UP) {
        givenUp.remove(givenUp.iterator().next());
      }
      givenUp.add(id);
    } finally {
      looking.unlock();
    }
  }

  /**
   * Notes what became of a file, also if it was given up before.
   *
   * @param size of the stored bytes that were read
   * @param reason why it is unreadable; empty if it is not
   */
  void insert(
      Connection transaction, ObjectId id, long size, long crc, Outcome outcome, String reason)
      throws SQLException {
    try (PreparedStatement statement =
        transaction.prepareStatement(
            """
            REPLACE INTO ingest_object
              (location, version, size, crc32c, outcome, reason, processed_at, seen_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)) {
      statement.setString(1, id.location());
      statement.setString(2, id.version());
      statement.setLong(3, size);
      statement.setLong(4, crc);
      statement.setString(5, outcome.name());
      statement.setString(6, reason);
      statement.setLong(7, now());
      statement.setLong(8, now());
      statement.executeUpdate();
    }
  }

  /** Files that were met again a day or more after they were last; taken from the list. */
  List<ObjectId> takeSeen() {
    looking.lock();
    try {
      List<ObjectId> taken = List.copyOf(seen);
      seen.clear();
      return taken;
    } finally {
      looking.unlock();
    }
  }

  /** Notes that these files are still there. */
  void markSeen(Connection transaction, List<ObjectId> ids) throws SQLException {
    try (PreparedStatement statement =
        transaction.prepareStatement(
            "UPDATE ingest_object SET seen_at = ? WHERE location = ? AND version = ?")) {
      for (ObjectId id : ids) {
        statement.setLong(1, now());
        statement.setString(2, id.location());
        statement.setString(3, id.version());
        statement.executeUpdate();
      }
    }
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  /** Lets go of the connection; the next question opens another. */
  @Override
  public void close() {
    looking.lock();
    try {
      if (reader != null) {
        reader.close();
      }
    } catch (SQLException e) {
      // It only read.
    } finally {
      reader = null;
      lookup = null;
      looking.unlock();
    }
  }
}
