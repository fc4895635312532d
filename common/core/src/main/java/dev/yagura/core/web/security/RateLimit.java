package dev.yagura.core.web.security;

/**
 * How many requests are answered.
 *
 * @param intervalNanos one more request in each
 * @param burst at once after a pause
 */
record RateLimit(long intervalNanos, int burst) {}
