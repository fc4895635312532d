package dev.yagura.aurorapostgres.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.aurorapostgres.session.Credentials.Login;
import dev.yagura.core.scrape.ScrapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTextTest {
  @Test
  void anObjectHasAUserAndAPasswordAndMayHaveMore() throws Exception {
    assertThat(
            SecretText.login(
                "{\"engine\":\"postgres\",\"port\":5432,\"x\":{\"password\":\"no\"},"
                    + "\"username\":\"me\",\"password\":\"p\\\"\\u00e9\"}"))
        .isEqualTo(new Login("me", "p\"\u00e9"));
  }

  @Test
  void anyOtherTextIsThePasswordAsItIs() throws Exception {
    assertThat(SecretText.login(" s3cret \n")).isEqualTo(new Login("", " s3cret \n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"password\":", "{\"password\":5}", "{}", "{topsecret}"})
  void anObjectWithoutAPasswordIsRefusedAndNothingOfItIsTold(String text) {
    assertThatThrownBy(() -> SecretText.login(text))
        .isInstanceOf(ScrapeException.class)
        .hasNoCause()
        .hasMessageContaining("the secret")
        .hasMessageNotContaining("topsecret");
  }

  @Test
  void aLoginDoesNotPrintItsPassword() {
    assertThat(new Login("me", "topsecret")).asString().contains("me").doesNotContain("topsecret");
  }
}
