/** The state folder: one SQLite database, one process. */
@NullMarked
package dev.yagura.state;

import org.jspecify.annotations.NullMarked;
