/**
 * What ECS says in sentences, as one of a few words: why a task stopped, what happened to a
 * service, why a task found no place. The sentences hold ids, ARNs and names of images; none of
 * them becomes a label.
 */
@NullMarked
package dev.yagura.ecs.reasons;

import org.jspecify.annotations.NullMarked;
