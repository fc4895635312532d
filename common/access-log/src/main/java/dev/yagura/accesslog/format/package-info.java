/** Bytes of a log file to the columns of its lines, in every format in which logs are delivered. */
@NullMarked
package dev.yagura.accesslog.format;

import org.jspecify.annotations.NullMarked;
