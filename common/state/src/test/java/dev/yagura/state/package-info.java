@NullMarked
package dev.yagura.state;

import org.jspecify.annotations.NullMarked;
