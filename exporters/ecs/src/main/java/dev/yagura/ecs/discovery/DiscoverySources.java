package dev.yagura.ecs.discovery;

import dev.yagura.ecs.inventory.Inventory;
import dev.yagura.ecs.inventory.Task;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What lists of targets are made of.
 *
 * @param clusters names of those that are watched; empty before they are known
 * @param environment the name of the environment that a task is part of
 * @param areEnvironmentsKnown whether that was found out at least once; true if there are none
 */
public record DiscoverySources(
    TaskDefinitions definitions,
    HostAddresses hosts,
    Inventory inventory,
    Supplier<Set<String>> clusters,
    Function<Task, Optional<String>> environment,
    BooleanSupplier areEnvironmentsKnown) {}
