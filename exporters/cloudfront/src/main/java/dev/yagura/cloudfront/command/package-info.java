/** {@code yagura popular-objects}: the report of files, with no server and no state. */
@NullMarked
package dev.yagura.cloudfront.command;

import org.jspecify.annotations.NullMarked;
