package dev.yagura.core.web.security;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a web config file says; one that exists is valid.
 *
 * @param tls null serves plain HTTP
 * @param users empty lets everybody in
 * @param notes what the file asks for and does not get, for the log
 */
record WebConfig(
    @Nullable TlsConfig tls,
    Map<String, String> headers,
    Map<String, BcryptHash> users,
    @Nullable RateLimit rateLimit,
    List<String> notes) {}
