@NullMarked
package dev.yagura.aws.budget;

import org.jspecify.annotations.NullMarked;
