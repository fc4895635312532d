@NullMarked
package dev.yagura.benchmark.accesslog;

import org.jspecify.annotations.NullMarked;
