package dev.yagura.ecs.inventory;

import java.time.Instant;

/**
 * One of the last hundred messages of a service, from {@code events} of DescribeServices, by its
 * own id.
 */
public record ServiceEvent(String id, Instant createdAt, String message) {}
