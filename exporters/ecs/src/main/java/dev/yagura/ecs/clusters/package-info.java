/** Which clusters there are, and who watches each. */
@NullMarked
package dev.yagura.ecs.clusters;

import org.jspecify.annotations.NullMarked;
