/**
 * TLS, authentication and headers of the web server, as {@code --web.config.file} describes them.
 */
@NullMarked
package dev.yagura.core.web.security;

import org.jspecify.annotations.NullMarked;
