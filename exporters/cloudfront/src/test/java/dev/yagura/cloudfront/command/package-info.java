@NullMarked
package dev.yagura.cloudfront.command;

import org.jspecify.annotations.NullMarked;
