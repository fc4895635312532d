/** Container instances and capacity providers as samples. */
@NullMarked
package dev.yagura.ecs.capacity;

import org.jspecify.annotations.NullMarked;
