package dev.yagura.cloudfront.command;

import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.Order;
import dev.yagura.cloudfront.report.PopularObjects;
import dev.yagura.cloudfront.report.ReportQuery;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The command as a process of its own, whose counting waits until standard input ends. */
final class CommandProcess {
  private CommandProcess() {}

  public static void main(String[] arguments) {
    System.exit(
        QuickStart.run("popular-objects", arguments, new Waiting(), Surroundings.ofProcess()));
  }

  private static final class Waiting implements Counting {
    @Override
    public Result count(Question question, Progress progress) throws IOException {
      System.in.read();
      Instant start = Instant.ofEpochSecond(1_795_392_000L);
      PopularObjects.Entry entry =
          new PopularObjects.Entry("/" + "x".repeat(400), Counts.NONE, OptionalLong.empty());
      return new Result(
          List.of(
              new PopularObjects(
                  new ReportQuery("E1", start, start.plusSeconds(3600), 50, Order.REQUESTS),
                  Optional.empty(),
                  start,
                  Collections.nCopies(1000, entry),
                  Counts.NONE,
                  Optional.empty(),
                  0,
                  Optional.of(start))),
          List.of(),
          Map.of());
    }
  }
}
