package dev.yagura.cloudfront.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.accesslog.heavy.HeavyHitters;
import dev.yagura.cloudfront.count.HourCounts;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HourStoreTest {
  private static final int CAPACITY = 16;
  private static final long HOUR = 490_000;

  private static HourCounts file(Random random, int capacity) {
    var counts = new HourCounts(HOUR, capacity);
    for (int i = 0; i < 60; i++) {
      byte[] object =
          ("/" + (int) Math.pow(40, random.nextDouble())).getBytes(StandardCharsets.UTF_8);
      int row = counts.objects().row(object, 0, object.length);
      counts.objects().table().counters(row)[counts.objects().table().offset(row)]++;
    }
    return counts;
  }

  @Test
  void whatIsStoredOfAnHourIsWhatIsInMemory() throws SQLException {
    var random = new Random(4);
    try (Connection database = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = database.createStatement()) {
      statement.executeUpdate(Schema.TABLES);
      var key = new StoredHour.Key(1, HOUR);
      var store = new HourStore(CAPACITY);
      HeavyHitters truth = HourCounts.objects(CAPACITY);
      for (int i = 0; i < 30; i++) {
        HourCounts file = file(random, i % 3 == 0 ? 6 : 100);
        truth.add(file.objects());
        store.add(database, 1, file, HOUR * 3600);
        HeavyHitters stored = HourRows.read(database, key, CAPACITY).objects();
        assertThat(stored.bound(0)).isEqualTo(truth.bound(0));
        assertThat(stored.table().size()).isEqualTo(truth.table().size());
        for (int row = 0; row < truth.table().size(); row++) {
          int same = stored.table().find(truth.table().object(row));
          assertThat(same).isNotNegative();
          assertThat(stored.table().row(same)).isEqualTo(truth.table().row(row));
          assertThat(stored.error(same, 0)).isEqualTo(truth.error(row, 0));
        }
      }
      assertThat(truth.bound(0)).isPositive();
    }
  }
}
