/** Counters by object in bounded memory. */
@NullMarked
package dev.yagura.accesslog.heavy;

import org.jspecify.annotations.NullMarked;
