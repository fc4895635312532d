@NullMarked
package dev.yagura.cloudfront;

import org.jspecify.annotations.NullMarked;
