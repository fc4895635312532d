/** What one log file says, by AWS's definitions. */
@NullMarked
package dev.yagura.cloudfront.count;

import org.jspecify.annotations.NullMarked;
