package dev.yagura.aws.aurora;

import org.jspecify.annotations.Nullable;

/**
 * Between which bounds the serverless instances of a cluster scale ({@code
 * ServerlessV2ScalingConfiguration}).
 *
 * @param minAcu in Aurora capacity units; with 0 an instance may pause
 * @param maxAcu in Aurora capacity units
 * @param secondsUntilPause without a connection; null where instances never pause
 */
public record ServerlessCapacity(
    @Nullable Double minAcu, @Nullable Double maxAcu, @Nullable Integer secondsUntilPause) {}
