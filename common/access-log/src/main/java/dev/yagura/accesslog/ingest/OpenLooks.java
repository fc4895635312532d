package dev.yagura.accesslog.ingest;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The looks of one source that are not settled: each waits for the files that it offered and for
 * the looks before it, and is void if one of its files failed.
 */
final class OpenLooks {
  /** One look; its fields are guarded by the lock of the looks. */
  static final class Look {
    private int open;
    private boolean failed;
    private @Nullable Instant began;
  }

  private final Deque<Look> ended = new ArrayDeque<>();
  private Look current = new Look();

  /** A file was offered, or is awaited: {@link #settled} says how it went. */
  synchronized Look awaits() {
    current.open++;
    return current;
  }

  /** The look that goes on. */
  synchronized Look current() {
    return current;
  }

  synchronized void settled(Look look, boolean dealtWith) {
    look.open--;
    look.failed |= !dealtWith;
  }

  /** The current look is over and began at this instant. */
  synchronized void end(Instant began) {
    current.began = began;
    ended.add(current);
    current = new Look();
  }

  /** Takes the looks that are settled by now; gives the newest that is not void. */
  synchronized Optional<Instant> takeSettled() {
    Optional<Instant> newest = Optional.empty();
    Look first = ended.peek();
    while (first != null && first.open == 0) {
      ended.remove();
      if (!first.failed) {
        newest = Optional.ofNullable(first.began);
      }
      first = ended.peek();
    }
    return newest;
  }
}
