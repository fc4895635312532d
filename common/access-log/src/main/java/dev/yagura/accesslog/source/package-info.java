/** Where log files come from: folders, buckets, notifications. */
@NullMarked
package dev.yagura.accesslog.source;

import org.jspecify.annotations.NullMarked;
