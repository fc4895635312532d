package dev.yagura.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldensTest {
  @Test
  void theSameTextPassesAndAnotherIsShownWhereItParts(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("one.prom"), "a 1\nb 2\nc 3\n");
    Goldens goldens = new Goldens(directory, false);
    goldens.assertMatches("one", "a 1\nb 2\nc 3\n");
    assertThatThrownBy(() -> goldens.assertMatches("one", "a 1\nx 2\nc 3\n"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("line 2:\n  a 1\n- b 2\n- c 3\n- \n+ x 2");
    assertThatThrownBy(() -> goldens.assertMatches("one", "a 1\nb 2\nc 3"))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aMissingGoldenFailsUnlessItIsBeingWritten(@TempDir Path directory) throws IOException {
    assertThatThrownBy(() -> new Goldens(directory, false).assertMatches("sub/two", "a 1\n"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("there is no golden")
        .hasMessageContaining("a 1\n");
    new Goldens(directory, true).assertMatches("sub/two", "a 1\n");
    assertThat(directory.resolve("sub/two.prom")).hasContent("a 1\n");
    new Goldens(directory, false).assertMatches("sub/two", "a 1\n");
  }

  @Test
  void aTestsGoldensStandInTheResourcesOfItsModule() {
    Goldens.in(GoldensTest.class).assertMatches("example", "# HELP a A.\n# TYPE a gauge\na 1.0\n");
  }
}
