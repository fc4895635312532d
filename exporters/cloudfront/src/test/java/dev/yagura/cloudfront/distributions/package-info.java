@NullMarked
package dev.yagura.cloudfront.distributions;

import org.jspecify.annotations.NullMarked;
