/** The exporters of one process: started, replaced and stopped together. */
@NullMarked
package dev.yagura.core.suite;

import org.jspecify.annotations.NullMarked;
