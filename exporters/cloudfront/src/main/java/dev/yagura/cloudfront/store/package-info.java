/** What all log files said so far, durable, and what of it is shown. */
@NullMarked
package dev.yagura.cloudfront.store;

import org.jspecify.annotations.NullMarked;
