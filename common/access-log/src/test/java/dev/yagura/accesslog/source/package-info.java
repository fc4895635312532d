@NullMarked
package dev.yagura.accesslog.source;

import org.jspecify.annotations.NullMarked;
