package dev.yagura.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A process and its descendants, as one to send signals to. */
final class ProcessTree {
  private final ProcessHandle root;

  ProcessTree(ProcessHandle root) {
    this.root = root;
  }

  boolean isAlive() {
    return isAlive(root);
  }

  /** Stops the root first, so that it cannot fork a child that is then missed. */
  void freeze() {
    signal("STOP", Stream.of(root));
    signal("STOP", root.descendants());
  }

  void thaw() {
    signal("CONT", Stream.concat(root.descendants(), Stream.of(root)));
  }

  void kill() {
    signal("STOP", Stream.of(root));
    List<ProcessHandle> all = Stream.concat(root.descendants(), Stream.of(root)).toList();
    signal("KILL", all.stream());
    Await.until("killed processes are gone", () -> all.stream().noneMatch(ProcessTree::isAlive));
  }

  /** Sends a signal that ends the root by and by, and makes sure that it does. */
  void end(String signal) {
    List<ProcessHandle> descendants = root.descendants().toList();
    signal(signal, Stream.of(root));
    if (!Await.until(Duration.ofSeconds(10), () -> !isAlive())) {
      kill();
    }
    Await.until("descendants are gone", () -> descendants.stream().noneMatch(ProcessTree::isAlive));
  }

  /** An orphan that ended stays a zombie where the container's first process does not reap. */
  private static boolean isAlive(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (NoSuchFileException e) {
      return process.isAlive();
    } catch (IOException e) {
      // It went while its line was read.
      return false;
    }
  }

  private static void signal(String name, Stream<ProcessHandle> processes) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "kill -" + name + " \"$@\"", "sh"));
    processes.filter(ProcessTree::isAlive).forEach(one -> command.add(Long.toString(one.pid())));
    if (command.size() == 4) {
      return;
    }
    try {
      // A process that ended meanwhile makes kill complain, and is as it should be.
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
