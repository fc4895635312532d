package dev.yagura.cloudfront.command;

import dev.yagura.cloudfront.command.Counting.Progress;
import dev.yagura.cloudfront.report.Quantity;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One line on a terminal that is drawn over and in the end wiped off. */
final class ProgressBar implements Progress, AutoCloseable {
  private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int WIDTH = 24;

  private final @Nullable PrintStream terminal;
  private final int columns;
  private final LongSupplier nanoClock;
  private final long began;
  private final AtomicLong due;
  private boolean drawn;

  private ProgressBar(@Nullable PrintStream terminal, int columns, LongSupplier nanoClock) {
    this.terminal = terminal;
    this.columns = columns;
    this.nanoClock = nanoClock;
    this.began = nanoClock.getAsLong();
    this.due = new AtomicLong(began + REDRAW_NANOS);
  }

  /** A bar of no more than this many columns. */
  static ProgressBar on(PrintStream terminal, int columns, LongSupplier nanoClock) {
    return new ProgressBar(terminal, columns, nanoClock);
  }

  /** Draws nothing. */
  static ProgressBar none() {
    return new ProgressBar(null, 0, () -> 0);
  }

  @Override
  public void at(long done, long total, long lines) {
    if (terminal == null) {
      return;
    }
    long now = nanoClock.getAsLong();
    long next = due.get();
    // Of several threads one draws; the others count on.
    if (now - next >= 0 && due.compareAndSet(next, now + REDRAW_NANOS)) {
      draw(terminal, line(done, total, lines, now - began));
    }
  }

  private synchronized void draw(PrintStream to, String line) {
    to.print("\r" + (line.length() < columns ? line : line.substring(0, columns - 1)) + "\u001B[K");
    to.flush();
    drawn = true;
  }

  private static String line(long done, long total, long lines, long nanos) {
    // Known file by file only.
    String counted = lines == 0 ? "" : "  " + Quantity.count(lines) + " lines";
    if (total < done || total <= 0) {
      return Quantity.bytes(done) + counted;
    }
    int full = (int) (WIDTH * ((double) done / total));
    String line =
        "["
            + "#".repeat(full)
            + ".".repeat(WIDTH - full)
            + "] "
            + (long) (100 * ((double) done / total))
            + "%  "
            + Quantity.bytes(done)
            + " of "
            + Quantity.bytes(total)
            + counted;
    long left = done == 0 ? 0 : (long) (nanos * ((double) (total - done) / done) / 1e9);
    return left < 1 ? line : line + "  " + left + " s left";
  }

  @Override
  public synchronized void close() {
    if (drawn && terminal != null) {
      terminal.print("\r\u001B[K");
      terminal.flush();
      drawn = false;
    }
  }
}
