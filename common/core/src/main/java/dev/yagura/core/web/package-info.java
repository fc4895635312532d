/** The HTTP side: server, TLS, authentication, pages and the metrics endpoint. */
@NullMarked
package dev.yagura.core.web;

import org.jspecify.annotations.NullMarked;
