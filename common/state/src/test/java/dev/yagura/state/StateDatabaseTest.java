package dev.yagura.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yagura.testing.Await;
import dev.yagura.testing.FakeClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDatabaseTest {
  private static final String FOREVER =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

  @TempDir Path parent;

  private final FakeClock clock = FakeClock.at(Instant.parse("2026-11-23T00:00:00Z"));
  private Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void place() {
    folder = parent.resolve("deep").resolve("state");
    file = folder.resolve("words.db");
  }

  private StateDatabase open() throws StateException {
    return StateDatabase.open(folder, "words", clock);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "nothing";
    }
  }

  private void fill() throws Exception {
    try (StateDatabase state = open()) {
      execute(state.writer(), "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)");
      execute(
          state.writer(),
          "INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000)"
              + " SELECT i, hex(randomblob(50)) FROM n");
    }
  }

  private Map<String, byte[]> bytes() throws IOException {
    Map<String, byte[]> bytes = new HashMap<>();
    try (var files = Files.newDirectoryStream(folder, "words.db*")) {
      for (Path each : files) {
        if (!each.toString().endsWith("-shm")) {
          bytes.put(each.getFileName().toString(), Files.readAllBytes(each));
        }
      }
    }
    return bytes;
  }

  private void assertRefusedUnchanged(String saying) throws Exception {
    Map<String, byte[]> before = bytes();
    assertThatThrownBy(this::open).isInstanceOf(StateException.class).hasMessageContaining(saying);
    assertThat(StateDatabase.heldHere(folder, "words")).isFalse();
    Map<String, byte[]> after = bytes();
    assertThat(after.keySet()).containsAll(before.keySet());
    before.forEach((name, content) -> assertThat(after.get(name)).isEqualTo(content));
  }

  @Test
  void whatWasWrittenIsThereAfterItWasClosed() throws Exception {
    fill();
    try (StateDatabase state = open()) {
      assertThat(ask(state.writer(), "SELECT count(*) FROM t")).isEqualTo("2000");
    }
  }

  @Test
  void everyCommitReachesTheDiskAndTheLogIsBounded() throws Exception {
    try (StateDatabase state = open()) {
      assertThat(ask(state.writer(), "PRAGMA journal_mode")).isEqualTo("wal");
      assertThat(ask(state.writer(), "PRAGMA synchronous")).isEqualTo("2");
      execute(state.writer(), "CREATE TABLE t (b BLOB)");
      for (int i = 0; i < 200; i++) {
        execute(state.writer(), "INSERT INTO t VALUES (randomblob(200000))");
      }
      assertThat(folder.resolve("words.db-wal").toFile()).exists().size().isLessThan(17 << 20);
    }
  }

  @Test
  void theFolderIsForItsOwnerOnly() throws Exception {
    assumeTrue(
        parent.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "needs POSIX permissions");
    open().close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void aReaderSeesWhatIsCommittedWhileTheWriterWritesAndCannotWrite() throws Exception {
    fill();
    try (StateDatabase state = open();
        Connection reader = state.reader(() -> false)) {
      execute(state.writer(), "BEGIN IMMEDIATE");
      execute(state.writer(), "DELETE FROM t");
      assertThat(ask(reader, "SELECT count(*) FROM t")).isEqualTo("2000");
      execute(state.writer(), "COMMIT");
      assertThat(ask(reader, "SELECT count(*) FROM t")).isEqualTo("0");
      assertThatThrownBy(() -> execute(reader, "INSERT INTO t VALUES (1, 'x')"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("READONLY");
    }
  }

  @Test
  @SuppressWarnings("try")
  void aReaderIsInterruptedWhenItsTimeIsUpOrTheStateIsClosed() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    try (StateDatabase state = open();
        Connection reader = state.reader(stop::get);
        Connection other = state.reader(() -> false)) {
      CompletableFuture<String> asked = asking(reader);
      CompletableFuture<String> left = asking(other);
      stop.set(true);
      assertThatThrownBy(asked::join).hasMessageContaining("INTERRUPT");
      assertThat(left).isNotDone();
      state.close();
      assertThatThrownBy(left::join).hasMessageContaining("INTERRUPT");
    }
  }

  private static CompletableFuture<String> asking(Connection reader) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return ask(reader, FOREVER);
          } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
          }
        },
        task -> {
          Thread thread = new Thread(task, "asks");
          thread.setDaemon(true);
          thread.start();
        });
  }

  @Test
  void theSameProcessCannotOpenItTwiceUnderAnyName() throws Exception {
    try (StateDatabase state = open()) {
      assertThat(StateDatabase.heldHere(folder, "words")).isTrue();
      assertThatThrownBy(this::open)
          .isInstanceOf(StateException.class)
          .hasMessageContaining("another part of this process");
      Path link = Files.createSymbolicLink(parent.resolve("link"), folder);
      assertThatThrownBy(() -> StateDatabase.open(link, "words", clock))
          .isInstanceOf(StateException.class);
      StateDatabase.open(folder, "others", clock).close();
      assertThat(ask(state.writer(), "PRAGMA user_version")).isEqualTo("1");
    }
    open().close();
  }

  @Test
  void aReloadWaitsForTheOldOneToClose() throws Exception {
    StateDatabase old = open();
    execute(old.writer(), "CREATE TABLE t (a)");
    CountDownLatch opened = new CountDownLatch(1);
    Thread waiting =
        new Thread(
            () -> {
              try (StateDatabase fresh =
                  StateDatabase.openWhenFree(folder, "words", clock, Duration.ofMinutes(1))) {
                execute(fresh.writer(), "INSERT INTO t VALUES (1)");
                opened.countDown();
              } catch (StateException | InterruptedException | SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    waiting.start();
    Await.until("it waits", () -> waiting.getState() == Thread.State.TIMED_WAITING);
    old.close();
    opened.await();
    waiting.join();
    assertThat(StateDatabase.heldHere(folder, "words")).isFalse();
  }

  @Test
  void aTextFileInItsPlaceIsRefused() throws Exception {
    fill();
    Files.writeString(file, "this is my shopping list, do not lose it\n".repeat(100));
    assertRefusedUnchanged("is not an SQLite database");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void pagesThatAreGarbageAreRefused(long seed) throws Exception {
    fill();
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] garbage = new byte[8192];
      new Random(seed).nextBytes(garbage);
      raw.seek(4096 * (2 + seed));
      raw.write(garbage);
    }
    assertRefusedUnchanged("damaged");
  }

  @Test
  void aFileThatWasCutOffIsRefused() throws Exception {
    fill();
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.setLength(raw.length() / 2);
    }
    assertRefusedUnchanged("nothing was changed");
  }

  @Test
  void aHeaderThatIsGarbageIsRefused() throws Exception {
    fill();
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(16);
      raw.write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
    }
    assertRefusedUnchanged("nothing was changed");
  }

  @Test
  void aNewerFormatIsRefused() throws Exception {
    fill();
    try (StateDatabase state = open()) {
      execute(state.writer(), "PRAGMA user_version = 2");
    }
    assertRefusedUnchanged("is of format 2, this release knows up to 1");
  }

  @Test
  void theDatabaseOfAnotherProgramIsRefused() throws Exception {
    fill();
    try (StateDatabase state = open()) {
      execute(state.writer(), "PRAGMA application_id = 77");
    }
    assertRefusedUnchanged("of another program");
  }

  @Test
  void theDatabaseOfAnotherApplicationIsRefused() throws Exception {
    StateDatabase.open(folder, "others", clock).close();
    Files.move(folder.resolve("others.db"), file);
    assertRefusedUnchanged("of another program");
  }

  @Test
  void anEmptyFileIsWhatAnAbortedStartLeavesAndIsUsed() throws Exception {
    Files.createDirectories(folder);
    Files.createFile(file);
    fill();
  }

  @Test
  void aFolderThatIsAFileIsRefused() throws Exception {
    Files.createDirectories(parent.resolve("deep"));
    Files.writeString(folder, "a file");
    assertThatThrownBy(this::open)
        .isInstanceOf(StateException.class)
        .hasMessageContaining("cannot be opened");
  }

  @Test
  void whatIsClosedSaysSo() throws Exception {
    StateDatabase state = open();
    state.close();
    state.close();
    assertThatThrownBy(state::writer).hasMessageContaining("closed");
    assertThatThrownBy(state::reopen).hasMessageContaining("closed");
    assertThatThrownBy(() -> state.reader(() -> false)).hasMessageContaining("closed");
  }
}
