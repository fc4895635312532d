package dev.yagura.cloudfront.command;

import java.time.Clock;

/** {@code popular-objects} as it begins in a process of its own, with everything that is real. */
final class LocalFileProcess {
  private LocalFileProcess() {}

  public static void main(String[] arguments) {
    Counting counting = new LogFileCounting(Clock.systemUTC());
    System.exit(QuickStart.run("popular-objects", arguments, counting, Surroundings.ofProcess()));
  }
}
