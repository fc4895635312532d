package dev.yagura.benchmark.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux tells of a process under {@code /proc}. */
final class ProcFiles {
  /** The kernel shows every architecture this unit, whatever it counts in. */
  private static final double TICKS_PER_SECOND = 100;

  /** Of utime, counted after the name of the command, which may hold spaces and brackets. */
  private static final int USER_TIME = 11;

  private ProcFiles() {}

  /** The processor time that a process has taken so far, from {@code /proc/PID/stat}. */
  static double cpuSeconds(long pid) throws IOException {
    return cpuSeconds(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
  }

  static double cpuSeconds(String stat) {
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1));
    long user = Long.parseLong(fields.get(USER_TIME));
    long system = Long.parseLong(fields.get(USER_TIME + 1));
    return (user + system) / TICKS_PER_SECOND;
  }

  /** A size from {@code /proc/PID/status}, such as {@code VmRSS}, in MiB. */
  static double mebibytes(long pid, String key) throws IOException {
    return mebibytes(Files.readString(Path.of("/proc", Long.toString(pid), "status")), key);
  }

  static double mebibytes(String status, String key) {
    return status
            .lines()
            .filter(line -> line.startsWith(key + ":"))
            .map(line -> line.substring(key.length() + 1).replace("kB", "").strip())
            .mapToLong(Long::parseLong)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no " + key + " in: " + status))
        / 1024.0;
  }
}
