package dev.yagura.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yagura.state.StateException;
import dev.yagura.testing.LeakCheck;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What outlives the process. */
@ExtendWith(LeakCheck.class)
class StateFolderTest {
  @TempDir private Path folder;

  private Path state;
  private LogFolder logs;

  @BeforeEach
  void aLog() throws Exception {
    state = folder.resolve("state");
    logs = new LogFolder(folder.resolve("logs"));
    logs.put(LogFolder.name(OneLog.DISTRIBUTION, 1), OneLog.any(1));
    logs.put(LogFolder.name("E7OTHEREXAMPLE", 2), OneLog.any(2));
    logs.put(LogFolder.name("E7OTHEREXAMPLE", 3), "no log at all\n");
  }

  @Test
  void afterARestartTheExpositionIsTheSame() throws Exception {
    String before = counted();
    try (Watch again = Watch.of(state, logs, "top: 2").awaitFiles(3)) {
      assertThat(withoutOffers(again.text())).isEqualTo(before);
    }
  }

  /** The file that cannot be read is offered once more by each process. */
  private static String withoutOffers(String text) {
    return text.replaceAll("cloudfront_log_source_objects_total\\{.*", "");
  }

  private String counted() throws StateException {
    try (Watch watch = Watch.of(state, logs, "top: 2").awaitFiles(3)) {
      return withoutOffers(watch.text());
    }
  }

  @Test
  void closingTwiceIsClosingOnce() throws Exception {
    try (Watch watch = Watch.of(state, logs).awaitFiles(3)) {
      String text = watch.text();
      watch.retire();
      watch.retire();
      assertThat(watch.text()).isEqualTo(text);
    }
  }

  /** What can become of a state on a broken disk or by a wrong hand. */
  enum Damage {
    NO_DATABASE {
      @Override
      void to(Path file) throws IOException {
        Files.writeString(file, "no database ".repeat(1000));
      }
    },
    A_PAGE_OF_JUNK {
      @Override
      void to(Path file) throws IOException {
        try (var database = new RandomAccessFile(file.toFile(), "rw")) {
          for (long page = 1; page < database.length() / PAGE; page++) {
            database.seek(page * PAGE);
            database.write("junk".repeat(50).getBytes(StandardCharsets.US_ASCII));
          }
        }
      }
    },
    CUT_SHORT {
      @Override
      void to(Path file) throws IOException {
        try (var database = new RandomAccessFile(file.toFile(), "rw")) {
          database.setLength(database.length() / 2 / PAGE * PAGE);
        }
      }
    },
    ANOTHER_PROGRAMS {
      @Override
      void to(Path file) throws Exception {
        execute(file, "PRAGMA application_id = 1");
      }
    },
    NEWER {
      @Override
      void to(Path file) throws Exception {
        execute(file, "PRAGMA user_version = 99");
      }
    },
    A_CELL_CUT_SHORT {
      @Override
      void to(Path file) throws Exception {
        execute(file, "UPDATE object SET weights = x'00'");
      }
    },
    A_RANKING_THAT_IS_NONE {
      @Override
      void to(Path file) throws Exception {
        execute(file, "UPDATE OR REPLACE member SET ranking = 'popularity'");
      }
    },
    A_COUNTER_THAT_IS_NONE {
      @Override
      void to(Path file) throws Exception {
        execute(file, "INSERT INTO ingest_counter VALUES ('THINGS', '', '', 1)");
      }
    };

    private static final int PAGE = 4096;

    abstract void to(Path file) throws Exception;

    private static void execute(Path file, String sql) throws Exception {
      try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement statement = database.createStatement()) {
        statement.executeUpdate(sql);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedStateIsRefusedAndLeftByteForByte(Damage damage) throws Exception {
    counted();
    damage.to(state.resolve("cloudfront.db"));
    Map<String, String> before = checksums();
    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> Watch.of(state, logs))
        .withMessageContaining(state.toString())
        .withMessageContaining("nothing was changed");
    assertThat(checksums()).containsAllEntriesOf(before);
  }

  @Test
  void aStateThatWasRefusedIsNotHeld() throws Exception {
    String before = counted();
    Path database = state.resolve("cloudfront.db");
    byte[] sound = Files.readAllBytes(database);
    Damage.NO_DATABASE.to(database);
    assertThatExceptionOfType(StateException.class).isThrownBy(() -> Watch.of(state, logs));
    Files.write(database, sound);
    assertThat(counted()).isEqualTo(before);
  }

  /** Of all files but the note of who holds the folder. */
  private Map<String, String> checksums() throws Exception {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.list(state)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".lock")) {
          byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
          files.put(name, HexFormat.of().formatHex(sum));
        }
      }
    }
    return files;
  }
}
