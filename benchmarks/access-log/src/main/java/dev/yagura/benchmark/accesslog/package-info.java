/** Measures how dear it is to read access logs. */
@NullMarked
package dev.yagura.benchmark.accesslog;

import org.jspecify.annotations.NullMarked;
