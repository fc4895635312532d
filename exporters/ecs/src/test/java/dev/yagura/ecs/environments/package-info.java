@NullMarked
package dev.yagura.ecs.environments;

import org.jspecify.annotations.NullMarked;
