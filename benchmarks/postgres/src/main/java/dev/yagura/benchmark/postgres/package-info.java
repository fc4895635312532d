/** Measures Yagura and postgres_exporter side by side on one PostgreSQL server. */
@NullMarked
package dev.yagura.benchmark.postgres;

import org.jspecify.annotations.NullMarked;
