/** What exporters are tested with: real servers, a wire that freezes, leak checks and goldens. */
@NullMarked
package dev.yagura.testing;

import org.jspecify.annotations.NullMarked;
