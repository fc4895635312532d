/** One file a scraper: what it asks, what a row looks like, what it says about it. */
@NullMarked
package dev.yagura.aurorapostgres.scrapers;

import org.jspecify.annotations.NullMarked;
