package dev.yagura.ecs.inventory;

import java.time.Instant;

/** One of the last hundred messages of a service, from {@code events} of DescribeServices. */
public record ServiceEvent(Instant createdAt, String message) {}
