package dev.yagura.accesslog.format;

import dev.yagura.loggenerator.AnyPlan;
import dev.yagura.loggenerator.LogGenerator;
import dev.yagura.loggenerator.LogPlan;
import dev.yagura.loggenerator.LogWriter;
import dev.yagura.loggenerator.Popularity;
import dev.yagura.loggenerator.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A small log file of any format, and what the configuration would say of it. */
final class LogSample {
  private static final int OBJECTS = 50;

  private final LogPlan plan;
  private final byte[] stored;

  private LogSample(LogPlan plan, byte[] stored) {
    this.plan = plan;
    this.stored = stored;
  }

  static LogSample any(Random random, boolean flawed) {
    LogPlan plan = AnyPlan.next(random, flawed, Set.of());
    var traffic =
        new Traffic(
            random.nextLong(),
            Popularity.zipf(OBJECTS, 1.0),
            LogGenerator.START,
            Duration.ofHours(1),
            0);
    return new LogSample(plan, LogWriter.bytes(plan, traffic));
  }

  byte[] stored() {
    return stored.clone();
  }

  LogShape shape() {
    return new LogShape(
        plan.format().hasHeader() ? List.of() : plan.fields(), Optional.of(plan.delimiter()));
  }
}
