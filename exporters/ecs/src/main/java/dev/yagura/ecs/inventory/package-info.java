/** What ECS said, in our words: what the other packages look at, without a word of the SDK. */
@NullMarked
package dev.yagura.ecs.inventory;

import org.jspecify.annotations.NullMarked;
