package dev.yagura.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.sqlite.SQLiteConfig;

/** Looks at the database before anybody writes to it, and refuses what it cannot vouch for. */
final class StateCheck {
  /**
   * A database of this size is checked in about a second; a larger one only when there is cause.
   */
  private static final long ALWAYS_CHECKED = 512L << 20;

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  static final String KEEP =
      "; nothing was changed. Restore it from a backup, or move it and the files beside it away to"
          + " start from nothing, which counts again what the sources still have";

  private final Path file;
  private final int applicationId;
  private final int version;

  StateCheck(Path file, int applicationId, int version) {
    this.file = file;
    this.applicationId = applicationId;
    this.version = version;
  }

  /**
   * Reads only.
   *
   * @return whether there is a database of ours; false if there is nothing yet
   */
  boolean exists() throws StateException, IOException {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    boolean unclean = Files.exists(log) && Files.size(log) > 0;
    if (!Files.exists(file) || (Files.size(file) == 0 && !unclean)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw new StateException(file + " is not an SQLite database" + KEEP);
      }
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    try (Connection database = config.createConnection("jdbc:sqlite:" + file);
        Statement statement = database.createStatement()) {
      return identified(statement) && whole(statement, unclean);
    } catch (SQLException e) {
      throw new StateException(file + " cannot be read (" + e.getMessage() + ")" + KEEP, e);
    }
  }

  private boolean identified(Statement statement) throws SQLException, StateException {
    int id = number(statement, "PRAGMA application_id");
    if (id == 0 && number(statement, "SELECT count(*) FROM sqlite_master") == 0) {
      return false; // The process ended while it made the file.
    }
    if (id != applicationId) {
      throw new StateException(file + " is the database of another program" + KEEP);
    }
    int found = number(statement, "PRAGMA user_version");
    if (found > version) {
      throw new StateException(
          file
              + " is of format "
              + found
              + ", this release knows up to "
              + version
              + ": use the release that wrote it or a newer one; nothing was changed");
    }
    return true;
  }

  private boolean whole(Statement statement, boolean unclean)
      throws SQLException, StateException, IOException {
    if (!unclean && Files.size(file) > ALWAYS_CHECKED) {
      return true;
    }
    try (ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
      String said = result.next() ? result.getString(1) : "nothing";
      if (!"ok".equals(said)) {
        throw new StateException(file + " is damaged (" + said.strip() + ")" + KEEP);
      }
    }
    return true;
  }

  private static int number(Statement statement, String question) throws SQLException {
    try (ResultSet result = statement.executeQuery(question)) {
      return result.next() ? result.getInt(1) : 0;
    }
  }
}
