package dev.yagura.all;

import dev.yagura.aurorapostgres.discovery.AuroraMemory;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.ecs.EcsMemory;
import java.time.Clock;

/**
 * What a process keeps over reloads.
 *
 * @param aws how AWS is asked
 * @param aurora what was discovered
 * @param ecs what was counted
 */
record Memory(AwsUse aws, AuroraMemory aurora, EcsMemory ecs) {

  /** Of a process that has just begun. */
  static Memory fresh() {
    return new Memory(
        AwsUse.fresh(Clock.systemUTC(), System::nanoTime), new AuroraMemory(), new EcsMemory());
  }
}
