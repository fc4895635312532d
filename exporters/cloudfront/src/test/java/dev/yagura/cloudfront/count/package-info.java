@NullMarked
package dev.yagura.cloudfront.count;

import org.jspecify.annotations.NullMarked;
