/** What a month may cost, and what is left unasked so that it does not cost more. */
@NullMarked
package dev.yagura.aws.budget;

import org.jspecify.annotations.NullMarked;
