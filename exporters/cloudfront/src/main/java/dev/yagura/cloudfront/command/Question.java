package dev.yagura.cloudfront.command;

import dev.yagura.accesslog.format.LogShape;
import dev.yagura.cloudfront.count.Order;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the command was asked.
 *
 * @param arguments files, folders, {@code s3://bucket/prefix}, or {@code -} for standard input
 * @param distribution only this one; also the name for files that do not say whose they are
 * @param start of the window, on a full hour, included; empty for the first request's hour
 * @param end of the window, on a full hour, not included; empty for the end of the last request's
 * @param top how many objects at most
 * @param shape of files that do not say it themselves
 * @param queryParameters those that stay a part of the object, in this order
 * @param rewrites applied to objects in this order
 * @param maxObjects how many objects are kept a distribution
 */
public record Question(
    List<String> arguments,
    Optional<String> distribution,
    Optional<Instant> start,
    Optional<Instant> end,
    int top,
    Order order,
    LogShape shape,
    List<String> queryParameters,
    List<Rewrite> rewrites,
    int maxObjects) {

  public Question {
    arguments = List.copyOf(arguments);
    queryParameters = List.copyOf(queryParameters);
    rewrites = List.copyOf(rewrites);
  }

  /**
   * Folds objects into one.
   *
   * @param match what is replaced
   * @param replace what by, as it was given
   */
  public record Rewrite(Pattern match, String replace) {}
}
