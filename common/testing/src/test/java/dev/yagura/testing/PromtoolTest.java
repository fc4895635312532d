package dev.yagura.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class PromtoolTest {
  private static final String ABSENT = "promtool is not installed: apt-get install prometheus";

  @Test
  void itComplainsOfBadNamesAndOfNothingElse() {
    Promtool.assumePresent();
    assertThat(Promtool.complaints("# HELP a_seconds A.\n# TYPE a_seconds gauge\na_seconds 1.0\n"))
        .isEmpty();
    assertThat(Promtool.complaints("# HELP a A.\n# TYPE a counter\na 1.0\n"))
        .singleElement()
        .asString()
        .contains("_total");
    assertThat(Promtool.complaints("a{ 1\n")).isNotEmpty();
  }

  @Test
  void whereItIsMissingTheTestIsSkippedOrFailsWhereSkipsAreForbidden() {
    Promtool.assumePresent(Optional.of(Path.of("promtool")), true);
    assertThatThrownBy(() -> Promtool.assumePresent(Optional.empty(), false))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining(ABSENT);
    assertThatThrownBy(() -> Promtool.assumePresent(Optional.empty(), true))
        .isInstanceOf(AssertionError.class)
        .hasMessage(ABSENT);
  }
}
