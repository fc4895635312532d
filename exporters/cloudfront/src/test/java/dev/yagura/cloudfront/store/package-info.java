@NullMarked
package dev.yagura.cloudfront.store;

import org.jspecify.annotations.NullMarked;
