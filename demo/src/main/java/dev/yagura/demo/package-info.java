/** A small living database, and Yagura watching it. */
@NullMarked
package dev.yagura.demo;

import org.jspecify.annotations.NullMarked;
