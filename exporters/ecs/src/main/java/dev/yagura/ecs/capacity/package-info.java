/** The room that there is for tasks: container instances and capacity providers. */
@NullMarked
package dev.yagura.ecs.capacity;

import org.jspecify.annotations.NullMarked;
