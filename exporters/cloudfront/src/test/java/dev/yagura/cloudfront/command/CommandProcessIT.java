package dev.yagura.cloudfront.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CommandProcessIT {
  private static Process start(String... options) throws IOException {
    return start(CommandProcess.class, "x", options);
  }

  private static Process start(Class<?> main, String argument, String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.add(argument);
    return new ProcessBuilder(command).start();
  }

  @Test
  void aReaderThatHasGoneEndsItQuietly() throws Exception {
    Process process = start();
    process.getInputStream().close();
    process.getOutputStream().close();
    assertThat(process.waitFor()).isEqualTo(141);
    assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEmpty();
  }

  @Test
  void inAPipeThereIsTheReportAndNothingElse() throws Exception {
    Process process = start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(output).startsWith("Popular objects of E1,").matches("[ -~\n]*");
    assertThat(output.lines()).hasSize(2 + 1 + 1000 + 2);
    assertThat(process.getErrorStream().readAllBytes()).isEmpty();
  }

  @Test
  void itLoadsNothingThatItDoesNotNeed() throws Exception {
    Process process = start("-Xlog:class+load:stderr");
    process.getOutputStream().close();
    Thread drained = new Thread(() -> drain(process), "drained");
    drained.setDaemon(true);
    drained.start();
    String classes = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(classes)
        .contains("dev.yagura.cloudfront.command.Reporting ")
        .doesNotContain("picocli.", "org.slf4j", "java.util.logging.LogManager", "org.snakeyaml")
        .doesNotContain("com.sun.net.httpserver", "java.sql.", "com.fasterxml", "dev.yagura.core.");
  }

  @Test
  void forLocalFilesItLoadsNothingOfAws() throws Exception {
    String log = Path.of("src", "test", "resources", "fixtures", "v1-33.log.gz").toString();
    Process process = start(LocalFileProcess.class, log, "-Xlog:class+load:stderr");
    process.getOutputStream().close();
    Thread drained = new Thread(() -> drain(process), "drained");
    drained.setDaemon(true);
    drained.start();
    String classes = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(classes)
        .contains("dev.yagura.cloudfront.count.FileCounter ")
        .doesNotContain("software.amazon.", "dev.yagura.aws.");
  }

  private static void drain(Process process) {
    try {
      process.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
