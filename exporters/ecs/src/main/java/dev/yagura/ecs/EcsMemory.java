package dev.yagura.ecs;

import dev.yagura.ecs.tally.Tally;
import java.time.Clock;
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
  synchronized Tally tally(Clock serverTime, LongSupplier nanoClock) {
    Tally made = tally;
    if (made == null) {
      made = Tally.inMemory(serverTime, nanoClock);
      tally = made;
    }
    return made;
  }
}
