@NullMarked
package dev.yagura.loggenerator;

import org.jspecify.annotations.NullMarked;
