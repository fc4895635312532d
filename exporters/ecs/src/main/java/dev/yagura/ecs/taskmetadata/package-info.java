/** A task as it sees itself: the task metadata endpoint, read from inside the task. */
@NullMarked
package dev.yagura.ecs.taskmetadata;

import org.jspecify.annotations.NullMarked;
