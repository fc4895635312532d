package dev.yagura.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.metrics.Family;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTableTest {
  @Test
  void aRowIsAFamilyAndABarInItsHelpIsNoBorder() {
    assertThat(
            MetricTable.of(
                List.of(
                    Family.<String>counter("things_total", "One | two.", row -> 1)
                        .label("b", row -> row)
                        .label("a", row -> row))))
        .isEqualTo(
            """
            | name | type | labels | help |
            |---|---|---|---|
            | `things_total` | counter | a, b | One \\| two. |

            """);
  }
}
