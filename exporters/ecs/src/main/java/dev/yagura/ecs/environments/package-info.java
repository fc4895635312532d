/**
 * Environments: what stands behind a host name, from the rule of a load balancer to the tasks, and
 * what of it was left behind.
 */
@NullMarked
package dev.yagura.ecs.environments;

import org.jspecify.annotations.NullMarked;
