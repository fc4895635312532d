/** How a server is reached and asked: addresses, connections, statements and their rows. */
@NullMarked
package dev.yagura.aurorapostgres.session;

import org.jspecify.annotations.NullMarked;
