/** Which metrics of which service are asked, and what they are called. */
@NullMarked
package dev.yagura.cloudwatch.sets;

import org.jspecify.annotations.NullMarked;
