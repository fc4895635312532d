package dev.yagura.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Says that this process, and nobody else in it, uses a state folder.
 *
 * <p>The operating system forgets a process's lock on a file as soon as that process closes the
 * file, through whichever handle. So what is held here is known before the file is touched, and
 * that has to be known for the whole process: the one place where static state is right.
 */
final class ProcessLock implements AutoCloseable {
  /**
   * Behind anything that is written, so that the holder's note can be read where locks forbid it.
   */
  private static final long LOCKED_BYTE = 1L << 40;

  private static final int LONGEST_NOTE = 200;
  private static final ReentrantLock guard = new ReentrantLock();
  private static final Condition released = guard.newCondition();
  private static final Set<Path> held = new HashSet<>();

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private ProcessLock(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /** Whether this process holds it. */
  static boolean heldHere(Path file) {
    guard.lock();
    try {
      return held.contains(file);
    } finally {
      guard.unlock();
    }
  }

  /**
   * Waits until nobody in this process holds it; at once, if the time is zero.
   *
   * @param file by its real path, so that it has one name
   * @throws StateException if it is still held after this time, or by another process
   */
  static ProcessLock take(Path file, Clock clock, Duration atMost)
      throws StateException, IOException, InterruptedException {
    guard.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (held.contains(file)) {
        if (left <= 0) {
          throw new StateException(
              file.getParent() + " is used by another part of this process already");
        }
        left = released.awaitNanos(left);
      }
      ProcessLock lock = lock(file, clock);
      held.add(file);
      return lock;
    } finally {
      guard.unlock();
    }
  }

  private static ProcessLock lock(Path file, Clock clock) throws StateException, IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock == null) {
        throw new StateException(
            file.getParent()
                + " is used by another process ("
                + note(channel)
                + "): stop it, or give this one a state folder of its own");
      }
      String note = "pid " + ProcessHandle.current().pid() + ", since " + clock.instant();
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(note.getBytes(StandardCharsets.US_ASCII)), 0);
      return new ProcessLock(file, channel, lock);
    } catch (StateException | IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static String note(FileChannel channel) throws IOException {
    ByteBuffer note = ByteBuffer.allocate(LONGEST_NOTE);
    channel.read(note, 0);
    String text = new String(note.array(), 0, note.position(), StandardCharsets.US_ASCII);
    return text.startsWith("pid ") ? text : "its pid is not known";
  }

  @Override
  public void close() {
    guard.lock();
    try {
      if (!held.remove(file)) {
        return;
      }
      try (channel) {
        lock.release();
      } catch (IOException e) {
        // The system lets go of it at the end of the process at the latest.
      }
      released.signalAll();
    } finally {
      guard.unlock();
    }
  }
}
