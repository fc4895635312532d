package dev.yagura.benchmark.cloudwatch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The process of {@link AwsServer}, seen from outside. */
final class AwsProcess implements AutoCloseable {
  private final Process process;
  private final PrintWriter commands;
  private final BufferedReader answers;
  private final String endpoint;

  AwsProcess(Duration latency, List<String> regions) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AwsServer.class.getName(),
                Long.toString(latency.toMillis())));
    command.addAll(regions);
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    answers = process.inputReader(StandardCharsets.UTF_8);
    endpoint = answer();
  }

  String endpoint() {
    return endpoint;
  }

  /** All calls so far in a region. */
  Calls calls(String region) throws IOException {
    return Calls.parse(ask("calls " + region));
  }

  /** From now on nobody is answered. */
  void freeze() throws IOException {
    ask("freeze");
  }

  /** From now on all are, also those who wait. */
  void thaw() throws IOException {
    ask("thaw");
  }

  private synchronized String ask(String command) throws IOException {
    commands.println(command);
    return answer();
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the double of AWS has ended");
    }
    return line;
  }

  @Override
  public void close() {
    commands.close();
    process.destroy();
  }
}
