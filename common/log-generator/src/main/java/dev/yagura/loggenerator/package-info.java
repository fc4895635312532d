/** Invented CloudFront access logs, the same for the same seed. */
@NullMarked
package dev.yagura.loggenerator;

import org.jspecify.annotations.NullMarked;
