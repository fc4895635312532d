package dev.yagura.cloudfront.distributions;

/**
 * Standard logging, version 1, of a distribution.
 *
 * @param bucket the bucket's domain name; empty where logging is off
 * @param prefix of the log files' keys; empty for none
 */
record StandardLogging(boolean enabled, String bucket, String prefix) {}
