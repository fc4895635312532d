@NullMarked
package dev.yagura.aurorapostgres;

import org.jspecify.annotations.NullMarked;
