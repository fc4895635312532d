package dev.yagura.ecs;

import dev.yagura.ecs.tally.Tally;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was counted by this process where there is no state folder, over reloads. One for a process.
 * For any thread.
 */
public final class EcsMemory {
  // Guarded by this.
  private @Nullable Tally tally;

  /** The one tally in memory. */
  synchronized Tally tally(Duration zeroFor, LongSupplier nanoClock) {
    Tally made = tally;
    if (made == null) {
      made = Tally.inMemory(zeroFor, nanoClock);
      tally = made;
    }
    return made;
  }
}
