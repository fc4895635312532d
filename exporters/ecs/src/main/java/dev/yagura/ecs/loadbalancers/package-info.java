/**
 * Application load balancers as they are: listeners, rules, target groups and the health of their
 * targets, read on a tenth of what AWS lets an account ask.
 */
@NullMarked
package dev.yagura.ecs.loadbalancers;

import org.jspecify.annotations.NullMarked;
