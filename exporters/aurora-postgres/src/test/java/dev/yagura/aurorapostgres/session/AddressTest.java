package dev.yagura.aurorapostgres.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @Test
  void aUriNamesUserPasswordHostPortDatabaseAndParameters() {
    assertThat(Address.parse("postgresql://me:secret@db.internal:6432/shop?sslmode=verify-full"))
        .isEqualTo(
            new Address(
                List.of("db.internal:6432"),
                "shop",
                "me",
                "secret",
                Map.of("sslmode", "verify-full")));
  }

  @Test
  void whatIsLeftOutOfAUriHasItsUsualValue() {
    assertThat(Address.parse("postgres://"))
        .isEqualTo(new Address(List.of("localhost:5432"), "", "", null, Map.of()));
  }

  @Test
  void percentEscapesAreDecodedAndAPlusSignIsItself() {
    Address address = Address.parse("postgresql://a%40b:p%2Fw+d%3A@h/my%20db");
    assertThat(address.user()).isEqualTo("a@b");
    assertThat(address.password()).isEqualTo("p/w+d:");
    assertThat(address.database()).isEqualTo("my db");
  }

  @Test
  void severalHostsAndIpv6AreKept() {
    assertThat(Address.parse("postgresql://one:1,[::1]:2,three/db").hosts())
        .containsExactly("one:1", "[::1]:2", "three:5432");
  }

  @Test
  void settingsAreReadAsLibpqWritesThem() {
    assertThat(Address.parse("host=db port=6432 user=me dbname=shop").hosts())
        .containsExactly("db:6432");
    assertThat(Address.parse("host=db password='a b\\'c' dbname=shop").password())
        .isEqualTo("a b'c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mysql://u:topsecret@h/db", "topsecret", "postgresql://u:topsecret@h:port/db"})
  void whatIsNoAddressIsRefusedWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> Address.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("topsecret");
  }

  @Test
  void thePasswordIsNotPrinted() {
    assertThat(Address.parse("postgresql://me:secret@db/shop"))
        .hasToString("postgresql://db:5432/shop");
  }

  @Test
  void anUnknownParameterIsNamed() {
    assertThatThrownBy(
            () -> new Connector(Address.parse("postgresql://h/db?sslmod=require"), "", null))
        .hasMessageContaining("sslmod");
  }
}
