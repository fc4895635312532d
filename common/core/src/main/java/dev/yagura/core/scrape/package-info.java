/** Scrapers, deadlines, and the runner that makes an upstream answer in time or not at all. */
@NullMarked
package dev.yagura.core.scrape;

import org.jspecify.annotations.NullMarked;
