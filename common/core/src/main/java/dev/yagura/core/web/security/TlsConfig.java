package dev.yagura.core.web.security;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * How the server speaks TLS: what it shows, whom it lets in and which algorithms it offers.
 *
 * @param protocols by the names of the JVM, never empty
 * @param ciphers all suites to offer, in order; empty for those of the JVM
 * @param namedGroups by the names of the JVM, in order; empty for those of the JVM
 */
record TlsConfig(
    ServerIdentity identity,
    ClientAuth clientAuth,
    List<X509Certificate> clientAuthorities,
    Set<String> allowedClientNames,
    List<String> protocols,
    List<String> ciphers,
    List<String> namedGroups,
    boolean preferServerCiphers) {}
