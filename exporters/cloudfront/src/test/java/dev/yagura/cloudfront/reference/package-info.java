@NullMarked
package dev.yagura.cloudfront.reference;

import org.jspecify.annotations.NullMarked;
