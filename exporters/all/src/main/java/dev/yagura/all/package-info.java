/** The suite: every exporter in one process, and the {@code yagura} command. */
@NullMarked
package dev.yagura.all;

import org.jspecify.annotations.NullMarked;
