@NullMarked
package dev.yagura.benchmark.cloudwatch;

import org.jspecify.annotations.NullMarked;
