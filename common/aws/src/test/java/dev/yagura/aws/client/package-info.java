@NullMarked
package dev.yagura.aws.client;

import org.jspecify.annotations.NullMarked;
