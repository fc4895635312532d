package dev.yagura.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A shell that outlives a JVM which is killed, ends the server it left behind and removes its
 * files. It learns of that by the end of its input, which only the JVM holds open.
 */
final class PostgresWatchdog {
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      read -r dismissed && exit 0
      pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null)
      if [ -n "$pid" ]; then
        kill -CONT "$pid"
        kill -QUIT "$pid"
        for second in 1 2 3 4 5 6 7 8 9 10; do
          kill -0 "$pid" || break
          sleep 1
        done
      fi
      rm -rf "$1"
      """;

  private final Process shell;

  /** Watches over a directory that holds {@code data/postmaster.pid} while the server runs. */
  PostgresWatchdog(Path directory) throws IOException {
    shell =
        new ProcessBuilder("sh", "-c", SCRIPT, "postgres-watchdog", directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  /** Sends it home: the server was stopped in an orderly way. */
  void dismiss() {
    try (var input = shell.getOutputStream()) {
      input.write("dismissed\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException ignored) {
      // It has gone already, and with it the need to tell it.
    }
  }
}
