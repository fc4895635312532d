@NullMarked
package dev.yagura.accesslog.format;

import org.jspecify.annotations.NullMarked;
