@NullMarked
package dev.yagura.aurorapostgres.session;

import org.jspecify.annotations.NullMarked;
