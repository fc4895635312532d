@NullMarked
package dev.yagura.all;

import org.jspecify.annotations.NullMarked;
