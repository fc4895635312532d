/** What ECS is asked, and its answers read into records. */
@NullMarked
package dev.yagura.ecs.api;

import org.jspecify.annotations.NullMarked;
