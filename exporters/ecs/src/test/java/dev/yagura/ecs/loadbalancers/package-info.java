@NullMarked
package dev.yagura.ecs.loadbalancers;

import org.jspecify.annotations.NullMarked;
