/** The exporter for PostgreSQL and Aurora PostgreSQL: its configuration and its targets. */
@NullMarked
package dev.yagura.aurorapostgres;

import org.jspecify.annotations.NullMarked;
