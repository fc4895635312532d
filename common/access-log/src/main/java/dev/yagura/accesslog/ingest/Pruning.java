package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.source.ObjectId;
import dev.yagura.state.StateDatabase;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Forgets files that cannot come back: of buckets 60 days after they were last seen, local ones
 * when they are gone as well.
 */
final class Pruning {
  static final Duration KEPT = Duration.ofDays(60);
  private static final int AT_ONCE = 5_000;
  private static final String BUCKET = "s3://";

  private final StateDatabase state;
  private final Ledger ledger;

  Pruning(StateDatabase state, Ledger ledger) {
    this.state = state;
    this.ledger = ledger;
  }

  /** Notes what was seen, and forgets what was not, some thousand rows a transaction. */
  void run(Instant now, Committer<?> committer) throws SQLException {
    List<ObjectId> seen = ledger.takeSeen();
    for (int from = 0; from < seen.size(); from += AT_ONCE) {
      List<ObjectId> some = seen.subList(from, Math.min(seen.size(), from + AT_ONCE));
      if (!committer.run(transaction -> ledger.markSeen(transaction, some))) {
        return;
      }
    }
    List<ObjectId> old = old(now);
    while (!old.isEmpty()) {
      List<ObjectId> kept = new ArrayList<>();
      List<ObjectId> gone = new ArrayList<>();
      for (ObjectId id : old) {
        (isGone(id) ? gone : kept).add(id);
      }
      boolean going =
          committer.run(
              transaction -> {
                delete(transaction, gone);
                ledger.markSeen(transaction, kept);
              });
      if (!going || old.size() < AT_ONCE) {
        return;
      }
      old = old(now);
    }
  }

  private List<ObjectId> old(Instant now) throws SQLException {
    List<ObjectId> old = new ArrayList<>();
    try (Connection reader = state.reader(() -> false);
        PreparedStatement statement =
            reader.prepareStatement(
                "SELECT location, version FROM ingest_object WHERE seen_at < ? LIMIT " + AT_ONCE)) {
      statement.setLong(1, now.minus(KEPT).getEpochSecond());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          old.add(new ObjectId(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return old;
  }

  private static void delete(Connection transaction, List<ObjectId> ids) throws SQLException {
    try (PreparedStatement statement =
        transaction.prepareStatement(
            "DELETE FROM ingest_object WHERE location = ? AND version = ?")) {
      for (ObjectId id : ids) {
        statement.setString(1, id.location());
        statement.setString(2, id.version());
        statement.executeUpdate();
      }
    }
  }

  static boolean isLocal(ObjectId id) {
    return !id.location().startsWith(BUCKET);
  }

  private static boolean isGone(ObjectId id) {
    try {
      return !isLocal(id) || Files.notExists(Path.of(id.location()));
    } catch (InvalidPathException e) {
      return true;
    }
  }
}
