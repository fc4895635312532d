package dev.yagura.cloudfront.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.accesslog.heavy.ObjectTable;
import dev.yagura.accesslog.source.LogObject;
import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.HourCounts;
import dev.yagura.cloudfront.count.ObjectNaming;
import dev.yagura.cloudfront.count.Order;
import dev.yagura.testing.FakeClock;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {
  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
  private static final StoreSettings SETTINGS =
      new StoreSettings(
          ObjectNaming.PATH, 2, List.of(Order.REQUESTS), 1000, 8, Duration.ofHours(12));

  @TempDir private Path folder;

  @Test
  void distributionsShareTheRoomAndFilesHaveTheirs() throws Exception {
    var clock = FakeClock.at(START);
    var tally = new CloudFrontTally(SETTINGS, new Room(60, 200), clock);
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("db"));
        Statement statement = database.createStatement()) {
      statement.executeUpdate(tally.schema());
      tally.load(database);
      database.setAutoCommit(false);
      for (int round = 0; round < 2; round++) {
        for (int file = 0; file < 5; file++) {
          List<Request> requests = new ArrayList<>();
          for (int i = 0; i < 300; i++) {
            requests.add(Request.hit("/" + round + "/" + i + "x".repeat(i % 200), START));
          }
          LogObject object = StateFile.named("any", Optional.of("E" + file));
          LogCounts read = tally.read(object, new ByteArrayInputStream(Request.file(requests)));
          int units = 0;
          for (HourCounts hour : read.counts().hours()) {
            units += hour.objects().table().units();
          }
          assertThat(units).isBetween(30, 60 + 4);
          tally.add(read, database);
          database.commit();
          tally.publish();
        }
      }
    }
    assertThat(tally.view().distributions()).hasSize(5);
    assertThat(tally.view().distributions().values())
        .allSatisfy(
            one -> {
              assertThat(one.trackedObjects()).isLessThanOrEqualTo(200 / 5);
              assertThat(one.totals().get(Column.REQUESTS)).isEqualTo(600);
            });
  }

  @Test
  void theRoomGrowsWithTheHeapAndIsDividedAmongReaders() {
    Room room = Room.of(512L << 20, 2);
    assertThat(room.tracked()).isGreaterThan(500_000);
    assertThat(room.ofFile()).isGreaterThan(150_000);
    assertThat(Room.of(512L << 20, 20).ofFile()).isEqualTo(room.ofFile() / 10);
    assertThat(ObjectTable.units(new byte[500])).isEqualTo(8);
  }
}
