/** What EventBridge tells through a queue. */
@NullMarked
package dev.yagura.ecs.events;

import org.jspecify.annotations.NullMarked;
