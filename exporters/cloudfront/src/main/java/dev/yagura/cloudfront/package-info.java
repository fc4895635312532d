/** The CloudFront exporter: popular objects and totals, from access logs. */
@NullMarked
package dev.yagura.cloudfront;

import org.jspecify.annotations.NullMarked;
