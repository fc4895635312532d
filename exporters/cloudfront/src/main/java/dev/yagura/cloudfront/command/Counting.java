package dev.yagura.cloudfront.command;

import dev.yagura.cloudfront.report.PopularObjects;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Reads all that the command was given, and counts it. */
@FunctionalInterface
public interface Counting {
  /**
   * Counts it. A file that cannot be read does not keep the others from being counted.
   *
   * @throws IOException if nothing can be said at all, such as without credentials; the message is
   *     for people
   */
  Result count(Question question, Progress progress) throws IOException;

  /** Is told how far the reading is, by any thread, as often as it likes. */
  @FunctionalInterface
  interface Progress {
    /** For those that do not look. */
    Progress NONE = (done, total, lines) -> {};

    /**
     * Notes it.
     *
     * @param done bytes that were read, as stored
     * @param total bytes there are, as stored; less than {@code done} if that is not known
     * @param lines that were counted
     */
    void at(long done, long total, long lines);
  }

  /**
   * What came of it.
   *
   * @param reports one a distribution, by name; where nothing was found, one without entries
   * @param unread the files that could not be read to their end
   * @param malformed how many lines were left out, by reason
   * @param missingColumns how many lines lack a column, by its name; what it tells of them counts
   *     as 0
   */
  record Result(
      List<PopularObjects> reports,
      List<Unread> unread,
      Map<String, Long> malformed,
      Map<String, Long> missingColumns) {

    /** One in which no line lacks a column. */
    Result(List<PopularObjects> reports, List<Unread> unread, Map<String, Long> malformed) {
      this(reports, unread, malformed, Map.of());
    }

    public Result {
      reports = List.copyOf(reports);
      unread = List.copyOf(unread);
    }
  }

  /**
   * A file that could not be read.
   *
   * @param location as it was given or found
   * @param reason for people; quotes nothing of the file
   */
  record Unread(String location, String reason) {}
}
