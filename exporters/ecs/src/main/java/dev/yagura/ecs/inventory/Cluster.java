package dev.yagura.ecs.inventory;

import org.jspecify.annotations.Nullable;

/**
 * A cluster that is active, from DescribeClusters.
 *
 * @param services that are active in it, as of the following
 */
public record Cluster(
    String arn,
    String name,
    @Nullable Integer services,
    @Nullable Integer runningTasks,
    @Nullable Integer pendingTasks,
    @Nullable Integer containerInstances) {}
