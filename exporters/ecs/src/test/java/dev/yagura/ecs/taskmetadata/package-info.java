@NullMarked
package dev.yagura.ecs.taskmetadata;

import org.jspecify.annotations.NullMarked;
