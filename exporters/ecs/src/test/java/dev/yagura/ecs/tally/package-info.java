@NullMarked
package dev.yagura.ecs.tally;

import org.jspecify.annotations.NullMarked;
