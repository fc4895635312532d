package dev.yagura.ecs.tally;

/**
 * A cluster.
 *
 * @param place account and region
 */
record Where(String place, String cluster) {}
