package dev.yagura.ecs.reasons;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PhraseTest {
  @Test
  void thePiecesStandInTheirOrderWithAnythingBetweenThem() {
    Phrase phrase = Phrase.of("host", "gone");

    assertThat(phrase.isIn(Phrase.plain("The HOST i-0a1b is\ngone."))).isTrue();
    assertThat(phrase.isIn(Phrase.plain("gone is the host"))).isFalse();
    assertThat(phrase.isIn(Phrase.plain("the host"))).isFalse();
  }

  @Test
  void noTwoPiecesShareACharacter() {
    assertThat(Phrase.of("abc", "cde").isIn(Phrase.plain("abcde"))).isFalse();
    assertThat(Phrase.of("abc", "cde").isIn(Phrase.plain("abccde"))).isTrue();
  }

  @Test
  void anExactPhraseStandsAlone() {
    Phrase phrase = Phrase.exactly("agent");

    assertThat(phrase.isIn(Phrase.plain(" AGENT\n"))).isTrue();
    assertThat(phrase.isIn(Phrase.plain("agents"))).isFalse();
    assertThat(phrase.isIn(Phrase.plain("an agent"))).isFalse();
    assertThat(phrase.isIn(Phrase.plain("\u0002agent\u0003 of another"))).isFalse();
    assertThat(phrase.isIn(Phrase.plain(null))).isFalse();
  }

  @Property
  void aTextThatIsPlainHasNoTwoSpacesAndNoneAtItsEnds(@ForAll String text) {
    String plain = Phrase.plain(text);

    assertThat(plain).doesNotContain("  ", "\u0002 ", " \u0003").doesNotContain("\n", "\t");
  }
}
