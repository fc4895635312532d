/** The distributions of an account, as CloudFront lists them. */
@NullMarked
package dev.yagura.cloudfront.distributions;

import org.jspecify.annotations.NullMarked;
