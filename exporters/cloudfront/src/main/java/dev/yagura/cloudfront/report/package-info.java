/** The report of popular objects: CSV, JSON, a page and a table. */
@NullMarked
package dev.yagura.cloudfront.report;

import org.jspecify.annotations.NullMarked;
