/** Reads every log file once, and commits what was counted together with the fact that it was. */
@NullMarked
package dev.yagura.accesslog.ingest;

import org.jspecify.annotations.NullMarked;
