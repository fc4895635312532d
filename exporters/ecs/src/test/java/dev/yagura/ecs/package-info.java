@NullMarked
package dev.yagura.ecs;

import org.jspecify.annotations.NullMarked;
