/** What the suite says of its own use of AWS. */
@NullMarked
package dev.yagura.aws;

import org.jspecify.annotations.NullMarked;
