@NullMarked
package dev.yagura.accesslog.heavy;

import org.jspecify.annotations.NullMarked;
