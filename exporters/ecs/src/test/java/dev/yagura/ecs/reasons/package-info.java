/** What the sentences of ECS mean, sentence by sentence. */
@NullMarked
package dev.yagura.ecs.reasons;

import org.jspecify.annotations.NullMarked;
