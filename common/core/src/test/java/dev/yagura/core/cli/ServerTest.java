package dev.yagura.core.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.core.config.ConfigFile;
import dev.yagura.core.suite.Suite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Timeout(60)
class ServerTest {
  private static final Suite.Loader NOTHING = status -> List.of();
  private static final Suite.Loader REFUSED =
      status -> ConfigFile.parse("yagura.yml", "wrong: 1\nworse: 2\n", Map.of(), root -> List.of());

  private static ServerOptions options(String... arguments) {
    return CommandLine.populateCommand(new ServerOptions(), arguments);
  }

  private record Ended(int code, List<String> said) {}

  private static Ended run(Suite.Loader loader, String... arguments) {
    PrintStream real = System.err;
    var said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      int code = Server.run(options(arguments), 0, loader);
      return new Ended(code, said.toString(StandardCharsets.UTF_8).lines().toList());
    } finally {
      System.setErr(real);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:9100, 9100",
    "127.0.0.1:0, 0",
    "[::1]:19101, 19101",
    ":65535, 65535",
    "0.0.0.0:80, 80"
  })
  void anAddressIsHostAndPort(String given, int port) {
    assertThat(options("--web.listen-address", given).address(1).getPort()).isEqualTo(port);
  }

  @Test
  void withoutAHostItListensEverywhereAndWithoutAnAddressOnTheDefaultPort() {
    assertThat(options("--web.listen-address=:9100").address(1).getAddress().isAnyLocalAddress())
        .isTrue();
    assertThat(options().address(19101).getPort()).isEqualTo(19101);
    assertThat(options().address(19101).getAddress().isAnyLocalAddress()).isTrue();
    assertThat(options("--web.listen-address=[::1]:1").address(1).getAddress().isLoopbackAddress())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "9100",
        "localhost",
        "localhost:",
        ":65536",
        ":99999",
        ":-1",
        ":1x",
        "::x"
      })
  void whatIsNoAddressIsRefused(String given) {
    assertThatThrownBy(() -> options("--web.listen-address", given).address(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--web.listen-address: ");
  }

  @Test
  void aRefusedConfigurationEndsWithCode2AndEveryProblem() {
    Ended ended = run(REFUSED);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.said()).hasSize(2);
    assertThat(ended.said().get(0)).startsWith("yagura.yml:1: wrong");
    assertThat(ended.said().get(1)).startsWith("yagura.yml:2: worse");
  }

  @Test
  void theProblemsOfEveryFileAndFlagAreToldAtOnce(@TempDir Path directory) throws IOException {
    Path web = Files.writeString(directory.resolve("web.yml"), "unknown_key: 1\n");
    Ended ended =
        run(
            REFUSED,
            "--web.listen-address=nowhere",
            "--web.telemetry-path=metrics",
            "--web.config.file=" + web);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(String.join("\n", ended.said()))
        .contains("--web.listen-address: ", "--web.telemetry-path: ", "unknown_key")
        .contains("yagura.yml:1: wrong", "yagura.yml:2: worse");
  }

  @Test
  void aTakenPortEndsWithCode1AndOneLine() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ended ended = run(NOTHING, "--web.listen-address=localhost:" + taken.getLocalPort());
      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.said())
          .hasSize(1)
          .first()
          .asString()
          .contains("level=error", "cannot listen");
    }
  }
}
