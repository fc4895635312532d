package dev.yagura.accesslog.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.accesslog.source.LogObject;
import dev.yagura.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruningTest {
  @TempDir Path folder;

  private static int rows(Rig rig) {
    try (var reader = rig.state.reader(() -> false);
        Statement statement = reader.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM ingest_object")) {
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pass(Rig rig, int days) {
    rig.clock.advance(Duration.ofDays(days));
    rig.status();
  }

  @Test
  void anObjectOfABucketIsForgottenSixtyDaysAfterItWasLastSeen() throws Exception {
    LogObject seen = Logs.bucket("seen", "a\n");
    try (Rig rig = new Rig(folder)) {
      rig.deliver(seen);
      rig.deliver(Logs.bucket("unseen", "b\n"));
      pass(rig, 40);
      rig.source.look(inbox -> assertThat(inbox.isKnown(seen.id())).isTrue());
      pass(rig, 20);
      assertThat(rows(rig)).isEqualTo(2);
      pass(rig, 2);
      assertThat(rows(rig)).isEqualTo(1);
      rig.source.look(inbox -> assertThat(inbox.isKnown(seen.id())).isTrue());
      assertThat(rig.tally.shown()).containsEntry("b", 1L);
    }
  }

  @Test
  void aLocalFileIsForgottenOnlyWhenItIsGoneAsWell() throws Exception {
    Path log = Files.writeString(folder.resolve("a.log"), "a\n");
    LogObject file = Logs.object(log.toString(), "2-1", "a\n");
    try (Rig rig = new Rig(folder.resolve("state"))) {
      rig.deliver(file);
      pass(rig, 100);
      assertThat(rows(rig)).isEqualTo(1);
      Files.delete(log);
      pass(rig, 59);
      assertThat(rows(rig)).isEqualTo(1);
      pass(rig, 2);
      Await.until("it is forgotten", () -> rows(rig) == 0);
    }
  }
}
