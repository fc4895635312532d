package dev.yagura.cloudfront.report;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What reports are made of. Called by any thread; never blocks what counts. */
public interface ReportSource {
  /** How long a report may take to be made. */
  Duration PATIENCE = Duration.ofSeconds(20);

  /** The distributions of which something was counted, by name. */
  List<String> distributions() throws IOException;

  /** The first and the last hour of which something is kept, for one distribution. */
  Optional<Span> span(String distribution) throws IOException;

  /** Sums the hours of the window. A distribution that is not known has no entries. */
  PopularObjects report(ReportQuery query) throws IOException;

  /**
   * Hours that are kept.
   *
   * @param first its beginning
   * @param last its beginning
   */
  record Span(Instant first, Instant last) {}
}
