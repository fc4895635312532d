package dev.yagura.ecs.environments;

/**
 * Something that was left behind.
 *
 * @param environment empty if nothing tells any more
 * @param resource the end of its ARN, which names it in the account and region
 */
record Orphan(OrphanKind kind, String environment, String resource) {}
