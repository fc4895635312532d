package dev.yagura.ecs.loadbalancers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.config.Glob;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class HostPatternTest {
  @Property
  void aPatternCoversTheHostsThatItMatches(
      @ForAll @Chars({'a', 'b', '*', '?'}) @StringLength(max = 8) String pattern,
      @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 8) String host) {
    assertThat(HostPattern.covers(pattern, host)).isEqualTo(new Glob(pattern).matches(host));
  }

  @Property
  void whatIsCoveredByACoveredPatternIsCovered(
      @ForAll @Chars({'a', '*', '?'}) @StringLength(max = 5) String wide,
      @ForAll @Chars({'a', '*', '?'}) @StringLength(max = 5) String narrow,
      @ForAll @Chars({'a', 'b'}) @StringLength(max = 5) String host) {
    if (HostPattern.covers(wide, narrow) && HostPattern.covers(narrow, host)) {
      assertThat(HostPattern.covers(wide, host)).isTrue();
    }
  }

  @Test
  void manyStarsOnALongHostTakeNoTime() {
    String hostile = "*a".repeat(60) + "b";

    assertThat(HostPattern.covers(hostile, "a".repeat(128))).isFalse();
  }
}
