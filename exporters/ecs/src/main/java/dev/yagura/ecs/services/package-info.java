/** The services of a cluster: their tasks, deployments and events. */
@NullMarked
package dev.yagura.ecs.services;

import org.jspecify.annotations.NullMarked;
