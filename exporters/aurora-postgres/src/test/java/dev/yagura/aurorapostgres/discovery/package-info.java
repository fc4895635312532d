@org.jspecify.annotations.NullMarked
package dev.yagura.aurorapostgres.discovery;
