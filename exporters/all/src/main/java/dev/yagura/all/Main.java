package dev.yagura.all;

import dev.yagura.cloudfront.command.Counting;
import dev.yagura.cloudfront.command.LogFileCounting;
import dev.yagura.cloudfront.command.QuickStart;
import dev.yagura.cloudfront.command.Surroundings;
import java.time.Clock;
import java.util.Arrays;

/**
 * Where the process begins. The start of {@code popular-objects} is a part of what it costs, so it
 * is begun here, before a class of any other command is loaded.
 */
final class Main {
  static final Counting COUNTING = new LogFileCounting(Clock.systemUTC());

  private static final String POPULAR_OBJECTS = "popular-objects";

  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    if (arguments.length > 0 && arguments[0].equals(POPULAR_OBJECTS)) {
      String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
      System.exit(
          QuickStart.run("yagura " + arguments[0], rest, COUNTING, Surroundings.ofProcess()));
    }
    Yagura.main(arguments);
  }
}
