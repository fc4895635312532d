package dev.yagura.cloudfront.command;

import dev.yagura.accesslog.format.LogShape;
import dev.yagura.cloudfront.count.ObjectNaming;
import dev.yagura.cloudfront.count.Order;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the command was asked.
 *
 * @param arguments files, folders, {@code s3://bucket/prefix}, or {@code -} for standard input
 * @param distribution only this one; also the name for files that do not say whose they are
 * @param start of the window, on a full hour, included; empty for the first request's hour
 * @param end of the window, on a full hour, not included; empty for the end of the last request's
 * @param top how many objects at most
 * @param shape of files that do not say it themselves
 * @param naming what objects are called
 * @param maxObjects how many objects are kept at most, those of all distributions together
 */
public record Question(
    List<String> arguments,
    Optional<String> distribution,
    Optional<Instant> start,
    Optional<Instant> end,
    int top,
    Order order,
    LogShape shape,
    ObjectNaming naming,
    int maxObjects) {

  public Question {
    arguments = List.copyOf(arguments);
  }
}
