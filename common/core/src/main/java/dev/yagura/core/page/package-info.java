/** Pages that exporters show beside their metrics, without a word of how they are served. */
@NullMarked
package dev.yagura.core.page;

import org.jspecify.annotations.NullMarked;
