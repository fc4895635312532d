/** The tags of resources, those that are allowed to be labels. */
@NullMarked
package dev.yagura.cloudwatch.tags;

import org.jspecify.annotations.NullMarked;
