package dev.yagura.testing.aws;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who signed a request.
 *
 * @param expires when the credentials end, null if never
 * @param token that must come with temporary credentials
 */
record Principal(
    AccountDouble account,
    String arn,
    String userId,
    @Nullable Instant expires,
    @Nullable String token) {}
