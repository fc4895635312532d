@NullMarked
package dev.yagura.accesslog.ingest;

import org.jspecify.annotations.NullMarked;
