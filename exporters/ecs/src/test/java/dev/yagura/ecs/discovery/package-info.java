@NullMarked
package dev.yagura.ecs.discovery;

import org.jspecify.annotations.NullMarked;
