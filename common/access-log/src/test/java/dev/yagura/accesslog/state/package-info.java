@NullMarked
package dev.yagura.accesslog.state;

import org.jspecify.annotations.NullMarked;
