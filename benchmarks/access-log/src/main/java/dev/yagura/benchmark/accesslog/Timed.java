package dev.yagura.benchmark.accesslog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one run of a command took, all processes that it started included.
 *
 * @param wall in seconds
 * @param cpu in seconds, of user and system together
 * @param peak resident memory of the largest process in MiB; 0 where the system does not tell
 */
record Timed(double wall, double cpu, double peak) {
  private static final Pattern TIME = Pattern.compile("([0-9]+)m([0-9.]+)s");
  private static final long LOOK_MILLISECONDS = 20;

  /**
   * Runs a command in a shell.
   *
   * @param command for {@code sh}; its standard output goes where it says
   * @throws IOException if it fails
   */
  static Timed run(String command, Map<String, String> environment) throws IOException {
    Path times = Files.createTempFile("bench-access-log-", ".times");
    try {
      var builder = new ProcessBuilder("sh", "-c", "(" + command + ") && times >'" + times + "'");
      builder.environment().putAll(environment);
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.redirectInput(Path.of("/dev/null").toFile());
      long start = System.nanoTime();
      Process process = builder.start();
      double peak = 0;
      while (!process.waitFor(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS)) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        peak = Math.max(peak, all.stream().mapToDouble(Timed::peakOf).max().orElse(0));
      }
      double wall = (System.nanoTime() - start) / 1e9;
      if (process.exitValue() != 0) {
        throw new IOException("exit code " + process.exitValue() + ": " + command);
      }
      return new Timed(wall, cpu(Files.readString(times)), peak);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.deleteIfExists(times);
    }
  }

  /** User and system time of the children, which POSIX has {@code times} show in its last line. */
  static double cpu(String times) {
    List<String> lines = times.strip().lines().toList();
    Matcher time = TIME.matcher(lines.get(lines.size() - 1));
    double seconds = 0;
    while (time.find()) {
      seconds += 60 * Double.parseDouble(time.group(1)) + Double.parseDouble(time.group(2));
    }
    return seconds;
  }

  private static double peakOf(ProcessHandle process) {
    try {
      return peakOf(Files.readString(Path.of("/proc", Long.toString(process.pid()), "status")));
    } catch (IOException e) {
      // It is gone, or this is no Linux.
      return 0;
    }
  }

  static double peakOf(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToDouble(kibibytes -> Double.parseDouble(kibibytes) / 1024)
        .findFirst()
        .orElse(0);
  }
}
