package dev.yagura.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;

/**
 * The database of one application in a state folder: one process, one connection that writes, any
 * number that read beside it. A transaction that is committed survives a power failure.
 *
 * <p>A file that is damaged, foreign or newer is refused and left as it is. Up to 512 MiB it is
 * checked at every start, beyond that after an unclean end only, for that takes a second for each
 * half gigabyte. Nobody may read or copy the file through this process while it is open: closing it
 * would lift SQLite's locks.
 */
public final class StateDatabase implements AutoCloseable {
  private static final int VERSION = 1;
  private static final int OURS = 'Y' << 24;
  private static final int BUSY_MILLIS = 10_000;
  private static final int CHECKPOINT_PAGES = 1_000;
  private static final int LOG_KEPT_BYTES = 16 << 20;
  private static final int STEPS_BETWEEN_LOOKS = 10_000;

  private final Path file;
  private final ProcessLock lock;
  private @Nullable Connection writer;
  private volatile boolean closed;

  private StateDatabase(Path file, ProcessLock lock) {
    this.file = file;
    this.lock = lock;
  }

  /**
   * Opens {@code <folder>/<application>.db}, and makes the folder, for its owner only, and the
   * database where they are missing.
   *
   * @throws StateException if it is in use, cannot be written, or is not what it should be; the
   *     message says what to do
   */
  public static StateDatabase open(Path folder, String application, Clock clock)
      throws StateException {
    try {
      return openWhenFree(folder, application, clock, Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StateException("interrupted while " + folder + " was opened", e);
    }
  }

  /**
   * Like {@link #open}, but waits for whoever uses it in this process to close it, as after a
   * reload; not for another process.
   */
  public static StateDatabase openWhenFree(
      Path folder, String application, Clock clock, Duration atMost)
      throws StateException, InterruptedException {
    ProcessLock lock = null;
    try {
      Path real = makeFolder(folder);
      lock = ProcessLock.take(lockFile(real, application), clock, atMost);
      SqliteLibrary.load(real, application);
      Path file = real.resolve(application + ".db");
      boolean exists = new StateCheck(file, applicationId(application), VERSION).exists();
      StateDatabase database = new StateDatabase(file, lock);
      try {
        database.start(exists, applicationId(application));
      } catch (SQLException e) {
        database.close();
        throw e;
      }
      lock = null;
      return database;
    } catch (IOException | SQLException e) {
      throw new StateException("the state in " + folder + " cannot be opened: " + describe(e), e);
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }

  /** Whether it is open in this process. */
  public static boolean heldHere(Path folder, String application) {
    try {
      return ProcessLock.heldHere(lockFile(folder.toRealPath(), application));
    } catch (IOException e) {
      return false;
    }
  }

  private static Path lockFile(Path real, String application) {
    return real.resolve(application + ".lock");
  }

  private static Path makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
      try {
        if (posix) {
          Files.createDirectory(
              folder,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
          Files.createDirectory(folder);
        }
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(folder)) {
          throw e;
        }
      }
    }
    return folder.toRealPath();
  }

  private static String describe(Exception e) {
    return e instanceof SQLException ? String.valueOf(e.getMessage()) : e.toString();
  }

  private static int applicationId(String application) {
    CRC32 crc = new CRC32();
    crc.update(application.getBytes(StandardCharsets.UTF_8));
    return OURS | (int) (crc.getValue() & 0xFFFFFF);
  }

  private void start(boolean exists, int applicationId) throws SQLException {
    reopen();
    if (!exists) {
      try (Statement statement = writer().createStatement()) {
        statement.executeUpdate(
            "BEGIN; PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT"
                .formatted(applicationId, VERSION));
      }
    }
  }

  /**
   * The connection that writes; in auto-commit mode, transactions are begun and ended by statement.
   * It is for one thread at a time.
   */
  public synchronized Connection writer() throws SQLException {
    if (writer == null) {
      throw new SQLException("the state is closed");
    }
    return writer;
  }

  /** Puts a fresh connection in place of {@link #writer}; what was not committed is gone. */
  public synchronized void reopen() throws SQLException {
    if (closed) {
      throw new SQLException("the state is closed");
    }
    closeWriter();
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setJournalSizeLimit(LOG_KEPT_BYTES);
    Connection fresh = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = fresh.createStatement()) {
      statement.executeUpdate("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
    } catch (SQLException e) {
      fresh.close();
      throw e;
    }
    writer = fresh;
  }

  /**
   * A connection of its own that sees what is committed and cannot write; the caller closes it.
   * While a statement reads, the log of newer transactions cannot be shortened, so reading has an
   * end.
   *
   * @param stop asked while a statement runs; true interrupts it with an {@link SQLException}. So
   *     does {@link #close}.
   */
  public Connection reader(BooleanSupplier stop) throws SQLException {
    if (closed) {
      throw new SQLException("the state is closed");
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLIS);
    Connection reader = config.createConnection("jdbc:sqlite:" + file);
    ProgressHandler.setHandler(
        reader,
        STEPS_BETWEEN_LOOKS,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return closed || stop.getAsBoolean() ? 1 : 0;
          }
        });
    return reader;
  }

  /** That what is in it cannot be understood, and what to do. */
  public StateException unusable(Exception cause) {
    return new StateException(
        file + " holds what cannot be loaded (" + describe(cause) + ")" + StateCheck.KEEP, cause);
  }

  /** Lets go of the folder. Nothing that was committed is lost, whenever it is called. */
  @Override
  public synchronized void close() {
    closed = true;
    try {
      closeWriter();
    } catch (SQLException e) {
      // What is committed is in the log beside it; the next start reads it.
    } finally {
      lock.close();
    }
  }

  private void closeWriter() throws SQLException {
    Connection old = writer;
    writer = null;
    if (old != null) {
      old.close();
    }
  }
}
