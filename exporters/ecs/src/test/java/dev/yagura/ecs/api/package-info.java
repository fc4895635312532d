@NullMarked
package dev.yagura.ecs.api;

import org.jspecify.annotations.NullMarked;
