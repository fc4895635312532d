package dev.yagura.cloudfront.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.cloudfront.count.Counts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "1234567890, 1.2 GB",
    "99949, 99.9 kB",
    "99950, 100.0 kB",
    "100000, 100 kB",
    "999499, 999 kB",
    "999500, 1.0 MB",
    "999999999, 1.0 GB",
    "9223372036854775807, 9.2 EB"
  })
  void bytesHaveDecimalUnits(long value, String text) {
    assertThat(Quantity.bytes(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0|0", "999|999", "1000|1,000", "-1000|-1,000", "-100|-100", "1234567|1,234,567"})
  void digitsStandInGroups(long value, String text) {
    assertThat(Quantity.grouped(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1, 3, 33.33", "2, 3, 66.67", "1, 8, 12.50", "1, 20000, 0.01", "1, 20001, 0.00"})
  void aPercentageHasTwoDecimalsHalfUp(long hits, long requests, String text) {
    Counts counts = Reports.entry("/", java.util.OptionalLong.empty(), requests, hits).counts();
    assertThat(Quantity.hitPercent(counts).orElseThrow().toPlainString()).isEqualTo(text);
  }

  @Test
  void withoutRequestsThereIsNoPercentage() {
    assertThat(Quantity.hitPercent(Counts.NONE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"abcdefghij, 10, abcdefghij", "abcdefghijk, 10, ab...ghijk", "abcdefghijk, 3, ..."})
  void aLongTextLosesItsMiddle(String text, int most, String shown) {
    assertThat(ObjectText.cut(text, most, "...")).isEqualTo(shown);
  }
}
