/** The tasks of a cluster: how many are how, how fast they start, and why they stop. */
@NullMarked
package dev.yagura.ecs.tasks;

import org.jspecify.annotations.NullMarked;
