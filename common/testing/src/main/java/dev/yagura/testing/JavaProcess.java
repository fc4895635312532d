package dev.yagura.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own with the class path of the tests, for one that is to be killed. */
public final class JavaProcess {
  private JavaProcess() {}

  /** One that starts quickly and stays small; it has no credentials but made-up ones of AWS. */
  public static ProcessBuilder of(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
    command.addAll(List.of("-Daws.accessKeyId=test", "-Daws.secretAccessKey=test"));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }
}
