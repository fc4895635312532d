@NullMarked
package dev.yagura.cloudfront.report;

import org.jspecify.annotations.NullMarked;
