package dev.yagura.loggenerator;

import java.util.List;
import java.util.Set;

/**
 * What a log file looks like.
 *
 * @param fields the columns in their order
 * @param delimiter between columns; a tab in version 1 and in real-time logs
 * @param lines of requests, flawed ones included
 * @param headerEvery lines after which the header stands again, as in joined files; 0 for never
 * @param carriageReturns whether lines end with CR LF
 * @param lastNewline whether the last line ends with one
 * @param members of gzip, one behind the other; 0 for a file that is not compressed
 * @param flaws what can be wrong with lines
 * @param flawedEvery about one line in so many is flawed, if there are flaws
 */
public record LogPlan(
    LogFormat format,
    List<String> fields,
    char delimiter,
    int lines,
    int headerEvery,
    boolean carriageReturns,
    boolean lastNewline,
    int members,
    Set<Flaw> flaws,
    int flawedEvery) {

  public LogPlan {
    fields = List.copyOf(fields);
    flaws = Set.copyOf(flaws);
    if (fields.isEmpty() || lines < 0 || members < 0 || flawedEvery < 1) {
      throw new IllegalArgumentException("no such file can be");
    }
  }

  /** A sound file, in one gzip member, with tabs. */
  public static LogPlan of(LogFormat format, List<String> fields, int lines) {
    return new LogPlan(format, fields, '\t', lines, 0, false, true, 1, Set.of(), 10);
  }

  /** A sound file of version 1 with the oldest so many columns. */
  public static LogPlan v1(int width, int lines) {
    return of(LogFormat.V1, LogFields.V1.subList(0, width), lines);
  }

  /** This in so many gzip members; 0 for none. */
  public LogPlan inMembers(int other) {
    return new LogPlan(
        format,
        fields,
        delimiter,
        lines,
        headerEvery,
        carriageReturns,
        lastNewline,
        other,
        flaws,
        flawedEvery);
  }
}
