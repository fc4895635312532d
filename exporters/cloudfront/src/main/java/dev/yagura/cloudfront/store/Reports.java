package dev.yagura.cloudfront.store;

import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.Order;
import dev.yagura.cloudfront.report.PopularObjects;
import dev.yagura.cloudfront.report.ReportQuery;
import dev.yagura.cloudfront.report.ReportSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reports from the hours in the database, each as of one instant. */
public final class Reports implements ReportSource {
  private static final int HOUR = 3600;

  private final ReadConnections connections;
  private final Map<String, String> friendlyNames;
  private final Clock clock;

  /**
   * Reports of what is committed.
   *
   * @param connections to the database of the {@link CloudFrontTally}
   * @param friendlyNames by distribution
   */
  public Reports(ReadConnections connections, Map<String, String> friendlyNames, Clock clock) {
    this.connections = connections;
    this.friendlyNames = Map.copyOf(friendlyNames);
    this.clock = clock;
  }

  private interface Question<T> {
    T ask(HourSums sums) throws SQLException;
  }

  private <T> T ask(Question<T> question) throws IOException {
    try (Connection connection = connections.open()) {
      // One transaction sees one state, whatever is committed meanwhile.
      connection.setAutoCommit(false);
      try {
        return question.ask(new HourSums(connection));
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new IOException("the state cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public List<String> distributions() throws IOException {
    return ask(HourSums::distributions);
  }

  @Override
  public Optional<Span> span(String distribution) throws IOException {
    return ask(sums -> sums.span(sums.id(distribution)));
  }

  @Override
  public PopularObjects report(ReportQuery query) throws IOException {
    return ask(sums -> report(query, sums));
  }

  private PopularObjects report(ReportQuery query, HourSums sums) throws SQLException {
    long id = sums.id(query.distribution());
    long from = query.start().getEpochSecond() / HOUR;
    long to = query.end().getEpochSecond() / HOUR;
    var window = new HourSums.Window(id, from, to);
    var before = new HourSums.Window(id, from - (to - from), from);
    Order order = query.order();
    HourSums.Total total = sums.total(window, order);
    var best = new BestObjects(sums, window, order, query.top()).find(total);
    List<byte[]> objects = best.objects().stream().map(HourSums::object).toList();
    Map<String, Counts> countsBefore = sums.of(objects, before);
    List<PopularObjects.Entry> entries = new ArrayList<>();
    for (String key : best.objects()) {
      Counts known = countsBefore.get(key);
      entries.add(
          new PopularObjects.Entry(
              ObjectLabel.text(HourSums.object(key)),
              best.counts().getOrDefault(key, Counts.NONE),
              known == null ? OptionalLong.empty() : OptionalLong.of(order.of(known))));
    }
    HourSums.Total totalBefore = sums.total(before, order);
    Optional<Instant> newest = sums.newest(id).map(Instant::ofEpochSecond);
    return new PopularObjects(
        query,
        Optional.ofNullable(friendlyNames.get(query.distribution())),
        clock.instant(),
        entries,
        total.counts(),
        totalBefore.hours() == 0 ? Optional.empty() : Optional.of(totalBefore.counts()),
        total.bound() + best.bound(),
        newest);
  }
}
