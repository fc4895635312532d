/** Counting each thing once, however often it is told, and over restarts. */
@NullMarked
package dev.yagura.ecs.tally;

import org.jspecify.annotations.NullMarked;
