/** Aurora as AWS tells of it: which instances to watch, how to log in, and what else is known. */
@NullMarked
package dev.yagura.aurorapostgres.discovery;

import org.jspecify.annotations.NullMarked;
