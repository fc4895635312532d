/** ECS: services, deployments, tasks and why they stop, and the way from a host name to a task. */
@NullMarked
package dev.yagura.ecs;

import org.jspecify.annotations.NullMarked;
