@NullMarked
package dev.yagura.aurorapostgres.scrapers;

import org.jspecify.annotations.NullMarked;
